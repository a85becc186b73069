"""CSV: heads and separators as people have them, faults with their line, no formula out, and back again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.interchange.csv_rows import plain, safe
from quizzes.interchange.formats import FORMATS, Options
from quizzes.interchange.found import Found, Reading, Sheet
from quizzes.marking.item import Item, Option, Settings
from quizzes.marking.kinds.choice import Choice
from quizzes.marking.kinds.matching import Matching
from quizzes.marking.kinds.ordering import Ordering
from tests.quizzes.interchange.sheets import MARKDOWN, PLAIN, bare, choices, items, matchings, orderings, sheets

CSV = FORMATS["csv"]
HEAD = "question,option A,option B,option C,answer,explanation\n"


def read(text: str) -> Reading:
    return CSV.read(text.encode())


def only(text: str) -> Found:
    (found,) = read(text).questions
    return found


def test_it_works() -> None:
    found = only(HEAD + 'Where is the harbour?,Seoul,"Busan, of course",Daegu,B,At the sea.\n')
    assert found.line == 2
    assert found.item
    assert found.item.body == Choice((Option("Seoul"), Option("Busan, of course", right=True), Option("Daegu")))
    assert found.item.explain == "At the sea."


@pytest.mark.parametrize(
    "text",
    [
        "문항,선택지 A,선택지 B,정답\n무엇?,가,나,B\n",
        "문제;보기1;보기2;정답\n무엇?;가;나;2\n",
        "sep=|\n질문|선택지 1|선택지 2|답\n무엇?|가|나|나\n",
        "\ufeffQuestion\tA\tB\tCorrect answer\n무엇?\t가\t나\tb\n",
        '"question","option_a","option_b","answer"\n"무엇?","가","나","B"\n',
        "ANSWER,Option B,Option A,Question\r\nB,나,가,무엇?\r\n",
    ],
)
def test_heads_and_separators_as_people_have_them(text: str) -> None:
    found = only(text)
    assert found.item, found.problems
    assert found.item.body == Choice((Option("가"), Option("나", right=True)))


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ("A,C", (0, 2)),
        ("AC", (0, 2)),
        ("a c", (0, 2)),
        ("1;3", (0, 2)),
        ("two", (1,)),
        ("B", (1,)),
        ("③", (2,)),
        ("①③", (0, 2)),
        ("(3)", (2,)),
        ("two, three", (1, 2)),
    ],
)
def test_answers_as_people_write_them(answer: str, key: tuple[int, ...]) -> None:
    found = only(f'{HEAD}What?,one,two,three,"{answer}",\n')
    assert found.item
    assert found.item.key() == key


NUMBERED = "문항,보기1,보기2,보기3,보기4,정답\n"
LETTERED = "문항,보기 A,보기 B,보기 C,보기 D,정답\n"


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (f"{LETTERED}몇 개의 AZ?,3,2,1,4,1\n", (2,)),
        (f'{LETTERED}몇 개의 AZ?,3,2,1,4,"1,3"\n', (0, 2)),
        (f"{LETTERED}몇 개의 AZ?,3,2,1,4,A\n", (0,)),
        (f"{LETTERED}몇 개의 AZ?,3,2,1,4,①\n", (0,)),
        (f"{NUMBERED}어느 것?,C,B,A,D,A\n", (2,)),
        (f"{NUMBERED}몇 개의 AZ?,3,2,1,4,2\n", (1,)),
    ],
)
def test_an_answer_that_could_be_words_or_a_place(row: str, key: tuple[int, ...]) -> None:
    found = only(row)
    assert found.item, found.problems
    assert found.item.key() == key


@pytest.mark.parametrize(
    "row",
    [
        f"{NUMBERED}몇 개의 AZ?,3,2,1,4,1\n",
        f'{NUMBERED}몇 개의 AZ?,2,3,1,4,"1,2"\n',
        f"{LETTERED}어느 것?,B,A,C,D,A\n",
        f"{LETTERED}어느 것?,AC,DC,x,y,AC\n",
        "문항,보기 A,보기2,정답\n몇?,2,1,1\n",
    ],
)
def test_an_answer_of_two_readings_is_not_guessed(row: str) -> None:
    found = only(row)
    assert found.item is None
    (problem,) = found.problems
    assert "the words of one option and the place of another" in problem.text()


@pytest.mark.parametrize("texts", ["BA", ["C", "A", "B"], ["B", "2", "A"], ["2", "A", "1", "C"], ["AB", "x"]])
@pytest.mark.parametrize("right", [{0}, {1}, {0, 1}])
def test_options_that_look_like_places_come_back(texts: list[str], right: set[int]) -> None:
    body = Choice(tuple(Option(text, right=at in right) for at, text in enumerate(texts)))
    (found,) = CSV.read(CSV.write([Sheet(Item("q-1", "Which?", body))]).data).questions
    assert found.item, found.problems
    assert found.item.body == body


def test_the_other_kinds() -> None:
    head = "kind,question,option A,option B,option C,heads\n"
    order, match = read(head + "ordering,Order?,a,b,c,\n짝짓기,Match?,x => 1,y => 2,=> 3,L => R\n").questions
    assert order.item
    assert isinstance(order.item.body, Ordering)
    assert match.item
    assert match.item.body == Matching(("L", "R"), (("x", "1"), ("y", "2"), ("", "3")))


@pytest.mark.parametrize(
    ("kind", "answer", "choose", "wanted"),
    [
        ("복수 선택", "B", "", (True, 1)),
        ("multiple response", "A,B", "", (True, None)),
        ("multiple", "A,B", "2", (True, 2)),
        ("multiple choice", "B", "", (False, None)),
        ("multiple choice", "A,B", "", (True, None)),
        ("객관식", "B", "1", (True, 1)),
        ("", "B", "", (False, None)),
        ("단일 선택", "B", "1", (False, None)),
        ("single", "B", "", (False, None)),
    ],
)
def test_one_or_several_can_be_chosen_as_the_row_says(
    kind: str, answer: str, choose: str, wanted: tuple[bool, int | None]
) -> None:
    found = only(f'kind,question,option A,option B,option C,answer,choose\n{kind},W?,a,b,c,"{answer}",{choose}\n')
    assert found.item, found.problems
    body = found.item.body
    assert isinstance(body, Choice)
    assert (body.multiple, body.choose) == wanted


@pytest.mark.parametrize("kind", ["single", "단일 선택"])
def test_a_single_choice_has_one_right_option(kind: str) -> None:
    found = only(f'kind,question,option A,option B,option C,answer\n{kind},W?,a,b,c,"A,B"\n')
    assert found.item is None
    assert [p.text() for p in found.problems] == ["Several options are right, but only one can be chosen."]


@pytest.mark.parametrize(
    ("rows", "line", "words"),
    [
        ("a,b,c,d,A,e\n,b,c,d,A,e\n", 3, "has no question"),
        ("a,b,c,d,Z,e\n", 2, "found “Z”"),
        ("a,b,c,d,,e\n", 2, "Expected letters"),
        ("a,b,c,d,A,e,f,g\n", 2, "8 cells below 6 heads"),
        ("a,b,,d,A,e\n", 2, "Option B is empty"),
        ("a,b,,,A,e\n", 2, "at least two options"),
        ('a,b,c,d,A,e\n"a,b,c,d,A,e\nx,b,c,d,A,e\n', 3, "never closed"),
        ('a,"b"x,c,d,A,e\n', 2, "closes in the middle"),
        ("a," + "b" * 131_073 + ",c,d,A,e\n", 2, "longer than 131072"),
        ("a,b,c,d,A\n", 2, ""),
    ],
)
def test_faults_are_reported_with_their_line(rows: str, line: int, words: str) -> None:
    reading = read(HEAD + rows)
    problems = [*reading.problems, *(problem for found in reading.questions for problem in found.problems)]
    assert [words in problem.text() for problem in problems if problem.line == line] == ([True] if words else [])


def test_a_row_that_never_ends_takes_no_others_along() -> None:
    rows = "".join(f"Question {n}?,a,b,c,A,\n" for n in range(40))
    reading = read(f'{HEAD}{rows}"Open?,a,b,c,A,\n{rows}')
    assert sum(found.item is not None for found in reading.questions) == 80
    assert [problem.line for problem in reading.problems] == [42]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "No question"),
        ("question,option A\n", "no row below"),
        ("a,b,c\n1,2,3\n", "must name the columns"),
        ("question,question,option A,answer\nx,y,a,A\n", "stands twice"),
        ("question,option A,option B,answer,colour\nx,a,b,A,red\n", "“colour” is not known"),
        ('"' * 4001 + "\n" * 60, ""),
    ],
)
def test_heads_are_looked_at(text: str, words: str) -> None:
    problems = read(text).problems
    assert problems
    assert words in " ".join(problem.text() for problem in problems)


def test_a_spreadsheet_runs_nothing() -> None:
    words = ["=1+1", "+1", "-1", "@sum", "'=x", "'quoted'", "@Bean's", "'@Bean' or"]
    asked = [
        Sheet(Item(f"q-{n}", text, Choice((Option(text, right=True), Option("b"))))) for n, text in enumerate(words)
    ]
    data = CSV.write(asked, Options("en")).data
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in "=+-@\t\r" and cell]
    assert [found.item and found.item.stem for found in CSV.read(data).questions] == words


@pytest.mark.parametrize("head", ["번호", "No", "NO.", "#", "문항 번호"])
def test_a_number_that_only_counts_the_rows_is_no_lasting_id(head: str) -> None:
    reading = read(f"{head},question,option A,option B,answer\n1,What?,a,b,A\n")
    assert (reading.problems, [found.item and found.item.id for found in reading.questions]) == ((), [""])


@pytest.mark.parametrize("head", ["ID", "아이디", "문항 ID"])
def test_a_lasting_id_is_kept(head: str) -> None:
    found = only(f"No.,번호,{head},question,option A,option B,answer\n1,1,q-7,What?,a,b,A\n")
    assert found.item
    assert found.item.id == "q-7"


@pytest.mark.parametrize("words", ["'@Bean' 은?", "'-1'과 '+1' 중?", "'=' 기호?", "'quoted' word"])
def test_quoted_words_keep_their_quotes(words: str) -> None:
    found = only(f"question,option A,option B,answer\n{words},a,b,A\n")
    assert found.item
    assert found.item.stem == words


@given(st.text("'=@-a ", max_size=12))
def test_a_cell_is_shielded_and_laid_open_again(cell: str) -> None:
    assert plain(safe(cell)) == cell
    assert safe(cell)[:1] not in set("=@-")


REASON = st.one_of(st.just(""), MARKDOWN)
BODIES = st.one_of(
    choices(MARKDOWN, REASON, multiple=True),
    orderings(MARKDOWN),
    matchings(PLAIN.filter(lambda t: "=>" not in t), PLAIN.filter(lambda t: "=>" not in t), ("Left", "Right")),
)
MORE = st.one_of(st.just(""), MARKDOWN, st.just("First.\n\nSecond, `code`."))
SETTINGS = st.builds(Settings, points=st.sampled_from([None, 2]), partial=st.sampled_from([None, True, False]))


@given(sheets(items(BODIES, MARKDOWN, MORE), st.sampled_from(["efs", ""])), st.sampled_from(["ko", "en"]))
def test_what_is_written_is_read_back(made: list[Sheet], language: str) -> None:
    written = CSV.write(made, Options(language))
    reading = CSV.read(written.data)
    assert (reading.problems, written.losses) == ((), ())
    assert [one.item and bare(one.item) for one in reading.questions] == [bare(sheet.item) for sheet in made]


@given(st.text("\",;\t\nabAB='", max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    for found in read(f"question,option A,option B,answer\n{text}").questions:
        assert found.item or found.problems
