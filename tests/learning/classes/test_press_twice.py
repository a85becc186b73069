"""Pressing a button twice: what it makes is made once, and the second press leads where the first one led."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from learning.models import Assignment, ClassMessage, Classroom, Course, Extension, Learner, Membership, Press
from quizzes.models import Question, Quiz
from tests.conftest import instructor, signed_in
from tests.quizzes.author.make import BOTH, make_question
from tests.quizzes.races.at_once import at_once, failures

CLASSES = "/en/author/classes/"

NAMES = ["class", "message", "minutes", "question", "copy", "mine as a new one", "quiz", "copy of a quiz"]

type Form = tuple[str, str, Mapping[str, object], type[Model]]


def shown(client: Client, page: str) -> str:
    """Return what `page` puts into its form."""
    found = re.search(r'name="once" value="([^"]+)"', client.get(page).content.decode())
    assert found
    return found[1]


# --- every form that makes something


@pytest.fixture
def forms(
    course: Course,
    ines: Learner,
    room: Classroom,
    member: Membership,
    given: Assignment,
) -> Callable[[str], Form]:
    """Return by its name: the page, where it sends what, and what that makes."""
    question, teach = make_question(course, ines), f"{CLASSES}{room.pk}/"
    learner = f"{teach}members/{member.pk}/"
    titles = {"act": "save", "title_ko": "시험", "title_en": "Test", "mode": "practice", "what": "items", "attempts": 0}
    titles |= {"answers_shown": "submit", "count": 1}
    found: dict[str, Form] = {
        "class": (CLASSES, CLASSES, {"name": "Monday class"}, Classroom),
        "message": (teach, f"{teach}messages/", {"text": "Read the first lesson."}, ClassMessage),
        "minutes": (learner, learner, {"act": "minutes", "assignment": given.pk, "minutes": 5}, Extension),
        "question": (
            "/en/author/questions/new/",
            "/en/author/questions/new/",
            {"kind": "single", "topic": course.topics.all()[0].pk},
            Question,
        ),
        "copy": (
            f"/en/author/questions/{question.pk}/",
            f"/en/author/questions/{question.pk}/act/",
            {"act": "copy"},
            Question,
        ),
        "mine as a new one": (
            f"/en/author/questions/{question.pk}/",
            f"/en/author/questions/{question.pk}/",
            {"go": "copy", "topic": "launch-types", "difficulty": 2, "tags": "", "base": 1, **BOTH},
            Question,
        ),
        "quiz": ("/en/author/quizzes/new/", "/en/author/quizzes/new/", titles, Quiz),
        "copy of a quiz": (
            "/en/author/quizzes/",
            f"/en/author/quizzes/{Quiz.objects.get(slug='exam').pk}/copy/",
            {},
            Quiz,
        ),
    }
    return found.__getitem__


@pytest.mark.parametrize("name", NAMES)
def test_it_works(as_ines: Client, forms: Callable[[str], Form], name: str) -> None:
    page, url, form, made = forms(name)
    sent, before = {**form, "once": shown(as_ines, page)}, made._base_manager.count()
    first, second = as_ines.post(url, sent), as_ines.post(url, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert made._base_manager.count() == before + 1


@pytest.mark.parametrize("name", NAMES)
def test_the_form_shown_again_makes_another(as_ines: Client, forms: Callable[[str], Form], name: str) -> None:
    page, url, form, made = forms(name)
    before = made._base_manager.count()
    for _ in range(2):
        as_ines.post(url, {**form, "once": shown(as_ines, page)})
    assert made._base_manager.count() == before + 2


# --- what counts as the same press


def test_another_name_is_another_class(as_ines: Client, course: Course) -> None:
    """Who goes back and types another name wants a second class."""
    once = shown(as_ines, CLASSES)
    for name in ("Monday class", "Tuesday class"):
        as_ines.post(CLASSES, {"name": name, "once": once})
    assert set(Classroom.objects.values_list("name", flat=True)) == {"Monday class", "Tuesday class"}


def test_what_was_wrong_can_be_sent_again(as_ines: Client, course: Course) -> None:
    once = shown(as_ines, CLASSES)
    for _ in range(2):
        assert as_ines.post(CLASSES, {"name": "", "once": once}).status_code == 422
    assert not Press.objects.exists()
    assert as_ines.post(CLASSES, {"name": "Monday class", "once": once}).status_code == 302


def test_other_people_press_for_themselves(as_ines: Client, as_ivan: Client, course: Course) -> None:
    sent = {"name": "Monday class", "once": shown(as_ines, CLASSES)}
    first, second = as_ines.post(CLASSES, sent), as_ivan.post(CLASSES, sent)
    assert first["Location"] != second["Location"]
    assert Classroom.objects.count() == 2


def test_a_form_without_it_works(as_ines: Client, course: Course) -> None:
    for _ in range(2):
        assert as_ines.post(CLASSES, {"name": "Monday class"}).status_code == 302
    assert Classroom.objects.count() == 2


def test_a_press_is_forgotten_after_an_hour(as_ines: Client, course: Course) -> None:
    sent = {"name": "Monday class", "once": shown(as_ines, CLASSES)}
    as_ines.post(CLASSES, sent)
    Press.objects.update(pressed_at=timezone.now() - timedelta(minutes=61))
    as_ines.post(CLASSES, sent)
    assert (Press.objects.count(), Classroom.objects.count()) == (1, 2)


# --- at the same moment


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_make_one_class(course: Course) -> None:
    learner = instructor("ines")
    clients = [signed_in(learner) for _ in range(4)]
    sent = {"name": "Monday class", "once": shown(clients[0], CLASSES)}
    answers = at_once(*(lambda client=client: client.post(CLASSES, sent) for client in clients))  # type: ignore[misc]
    assert not failures(answers)
    assert Classroom.objects.count() == 1
    assert len({answer["Location"] for answer in answers if not isinstance(answer, Exception)}) == 1
