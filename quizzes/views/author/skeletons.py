"""What a new question begins with, by kind and language: its shape, to be written over."""

from collections.abc import Mapping

KO_SINGLE = """### 무엇을 묻나요?
- [x] 맞는 선택지
  > 왜 맞는지. [[lesson#^statement]]
- [ ] 그럴듯한 선택지
  > 왜 아닌지. [[lesson#^statement]]
- [ ] 그럴듯한 선택지 둘
  > 왜 아닌지. [[lesson#^statement]]

> [!explain]
> 한두 문장으로 정리해요."""
EN_SINGLE = """### What do you ask?
- [x] The right option
  > Why it is right. [[lesson#^statement]]
- [ ] A likely option
  > Why it is not. [[lesson#^statement]]
- [ ] Another likely option
  > Why it is not. [[lesson#^statement]]

> [!explain]
> The idea in a sentence or two."""
KO_MULTIPLE = """### 무엇을 묻나요? 두 개를 고르세요.
choose:: 2
- [x] 맞는 선택지
  > 왜 맞는지. [[lesson#^statement]]
- [x] 맞는 선택지 둘
  > 왜 맞는지. [[lesson#^statement]]
- [ ] 그럴듯한 선택지
  > 왜 아닌지. [[lesson#^statement]]
- [ ] 그럴듯한 선택지 둘
  > 왜 아닌지. [[lesson#^statement]]"""
EN_MULTIPLE = """### What do you ask? Choose TWO.
choose:: 2
- [x] A right option
  > Why it is right. [[lesson#^statement]]
- [x] Another right option
  > Why it is right. [[lesson#^statement]]
- [ ] A likely option
  > Why it is not. [[lesson#^statement]]
- [ ] Another likely option
  > Why it is not. [[lesson#^statement]]"""
KO_ORDERING = """### 순서대로 놓으세요.
1. 첫째 단계
  > 왜 먼저인지. [[lesson#^statement]]
2. 둘째 단계
  > 왜 그다음인지. [[lesson#^statement]]
3. 셋째 단계
  > 왜 마지막인지. [[lesson#^statement]]"""
EN_ORDERING = """### Put these in order.
1. The first step
  > Why it comes first. [[lesson#^statement]]
2. The second step
  > Why it comes next. [[lesson#^statement]]
3. The third step
  > Why it comes last. [[lesson#^statement]]"""
KO_MATCHING = """### 서로 맞는 것끼리 이으세요.
| 이름 | 하는 일 |
|---|---|
| 하나 | 하나가 하는 일 |
| 둘 | 둘이 하는 일 |
|  | 아무것도 하지 않는 일 |

> [!explain]
> 왜 그런지. [[lesson#^statement]]"""
EN_MATCHING = """### Match each with what it does.
| name | does |
|---|---|
| one | what one does |
| two | what two does |
|  | what none of them does |

> [!explain]
> Why it is so. [[lesson#^statement]]"""
KO_CASE = "## 상황: 이름 ^case-name\n여러 문항이 함께 쓰는 글이에요.\n\n"
EN_CASE = "## Case: a name ^case-name\nThe text that several questions share.\n\n"

SKELETONS: Mapping[str, Mapping[str, str]] = {
    "single": {"ko": KO_SINGLE, "en": EN_SINGLE},
    "multiple": {"ko": KO_MULTIPLE, "en": EN_MULTIPLE},
    "ordering": {"ko": KO_ORDERING, "en": EN_ORDERING},
    "matching": {"ko": KO_MATCHING, "en": EN_MATCHING},
    "case": {"ko": KO_CASE + KO_SINGLE, "en": EN_CASE + EN_SINGLE},
}
