"""What search looks words up by: Korean runs as overlapping pairs of syllables, other words whole. Pure.

One rule for both sides: `grams` for the text that is stored, `terms` for what somebody typed. A Korean run also yields
its last syllable alone, so that a single syllable, asked for as a prefix, is found wherever it stands.
"""

import re
import unicodedata

_CJK = "가-힣ㄱ-ㆎ぀-ヿ一-鿿"
_RUN = re.compile(rf"[{_CJK}]+|[^\W{_CJK}]+")


def runs(text: str) -> list[str]:
    """Return the runs of letters in `text`, NFC and lower case: "가용 영역-EFS" -> ["가용", "영역", "efs"]."""
    return _RUN.findall(unicodedata.normalize("NFC", text).lower())


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]


def _is_cjk(run: str) -> bool:
    return re.match(f"[{_CJK}]", run) is not None


def grams(text: str) -> str:
    """Return the tokens of `text`, NFC and lower case, joined by spaces: "데이터 EFS" -> "데이 이터 터 efs"."""
    tokens: list[str] = []
    for run in runs(text):
        tokens += [*_pairs(run), run[-1]] if _is_cjk(run) else [run]
    return " ".join(tokens)


def terms(query: str) -> list[str]:
    """Return what `query` asks for: phrases of neighbouring tokens, the last token of each being a prefix.

    "데이터 보안" -> ["데이 이터", "보안"]; "ware 키" -> ["ware", "키"]. All of them must be found.
    """
    return [" ".join(_pairs(run)) or run if _is_cjk(run) else run for run in runs(query)]


def holds(text: str, query: str) -> bool:
    """Whether every term of `query` stands in `text`, by the rule the index has; False for a query of no letters."""
    wanted = runs(query)
    lower = unicodedata.normalize("NFC", text).lower()
    if not wanted or not all(run in lower for run in wanted):  # mostly so, and cheap to say
        return False
    tokens = grams(lower).split()
    return all(_stands(term.split(), tokens) for term in terms(query))


def _stands(term: list[str], tokens: list[str]) -> bool:
    """Whether `term` stands in `tokens` as a phrase whose last token is a prefix."""
    *whole, last = term
    size = len(whole)
    return any(tokens[i : i + size] == whole and tokens[i + size].startswith(last) for i in range(len(tokens) - size))
