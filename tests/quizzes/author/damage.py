"""Files that something happened to: flipped bits, a cut, lines swapped, doubled or lost, another encoding."""

from collections.abc import Callable
from random import Random

from tests.quizzes.author.importing import ENGLISH_MD, GIFT, KOREAN_MD

AIKEN = "Where is the harbour?\nA. Seoul\nB. Busan\nANSWER: B\n\n배는 어디에 있나요?\nA. 부두\nB. 산\nANSWER: A\n"
CSV = 'question,option A,option B,answer,reason A\n"Which, of these?",one,two,A,"because, so"\n무엇?,하나,둘,2,\n'
MORE_GIFT = (
    "$CATEGORY: a/b\n\n// [id:x-1] [tag:y]\n::N::[html]M <b>x</b>{\n=a -> b\n=c -> d\n= -> e\n####f\n}\n\n"
    "W {~%50%a#\\=x ~%50%b ~%-100%c}\n\nO{>2 ALL VERTICAL ABSOLUTE_POSITION SHOW none\na\nb\n}\n"
)
SEEDS: dict[str, tuple[str, list[str]]] = {
    "gift": (".gift", [GIFT, MORE_GIFT]),
    "aiken": (".aiken", [AIKEN]),
    "csv": (".csv", [CSV]),
    "quizmd": (".quiz.md", [KOREAN_MD, ENGLISH_MD]),
}
TOKENS = (
    b'{ } = ~ # :: -> %50% \\ " , ; ANSWER: ### - [x] --- ^a ``` <b> &amp; \x00 \xff \xed\xa0\x80 \xe2\x80\xa8'.split(
        b" "
    )
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7")


def _bits(data: bytes, random: Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(random.randint(1, 6)):
        spoiled[random.randrange(len(spoiled))] ^= 1 << random.randrange(8)
    return bytes(spoiled)


def _cut(data: bytes, random: Random) -> bytes:
    start = random.choice([0, random.randrange(len(data))])
    return data[start : random.randint(start, len(data))]


def _lines(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(random.randint(1, 4)):
        one, two = random.randrange(len(lines)), random.randrange(len(lines))
        lines[one], lines[two] = lines[two], lines[one]
        if random.random() < 0.5:
            lines.insert(one, lines[two])
        elif len(lines) > 2:
            del lines[one]
    return random.choice([b"\n", b"\r\n", b"\r", b"\n\n"]).join(lines)


def _tokens(data: bytes, random: Random) -> bytes:
    for _ in range(random.randint(1, 5)):
        at = random.randint(0, len(data))
        data = data[:at] + random.choice(TOKENS) * random.choice([1, 1, 2, 300]) + data[at + random.randint(0, 3) :]
    return data


def _encoded(data: bytes, random: Random) -> bytes:
    text = data.decode(errors="replace")
    return text.encode(random.choice(ENCODINGS), errors="replace")


def _nested(data: bytes, random: Random) -> bytes:
    sign = random.choice([b"{", b"<b>", b"> ", b"- ", b"[", b"**", b"`", b"(", b'"', b"\\"])
    at = random.randint(0, len(data))
    return data[:at] + sign * random.randint(100, 5_000) + data[at:]


HARMS: list[Callable[[bytes, Random], bytes]] = [_bits, _cut, _lines, _tokens, _encoded, _nested]


def damaged(random: Random, form: str = "") -> tuple[str, bytes]:
    """Return the format of a file and its bytes, after one to three harms."""
    form = form or random.choice(list(SEEDS))
    data = random.choice(SEEDS[form][1]).encode()
    for _ in range(random.randint(1, 3)):
        data = random.choice(HARMS)(data, random) if data else data
    return form, data
