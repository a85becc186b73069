"""Make an instructor: a user in the group that may write quizzes."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

GROUP = "Instructors"


class Command(BaseCommand):
    """`manage.py make_instructor [NAME]`: asks for a name when there is none, for a password when the user is new."""

    help = "Make NAME an instructor, creating the user when there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name, and for scripts the password."""
        parser.add_argument("name", nargs="?", default="", help="user name; without it, it is asked for")
        parser.add_argument("--password", help="for scripts; without it a new user's password is asked for")

    def handle(self, *args: Any, name: str, password: str | None, **options: Any) -> None:
        """Create or find the user and put them into the group. What is to be asked is asked before the transaction."""
        name = name.strip() or _asked_name()
        user = User.objects.filter(username=name).first() or _new_user(name, password)
        _promote(user)
        self.stdout.write(f"{name} is an instructor now.")


def _asked_name() -> str:
    name = input("User name: ").strip() if sys.stdin.isatty() else ""
    if not name:
        raise CommandError("Whom? Give a user name: make instructor NAME=ines, or manage.py make_instructor ines.")
    return name


def _new_user(name: str, password: str | None) -> User:
    """Return a user that is not saved yet."""
    password = password or _asked_password(name)
    user = User(username=name)
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.set_password(password)
    return user


def _asked_password(name: str) -> str:
    try:
        return getpass.getpass(f"Password for {name}: ")
    except EOFError as error:
        raise CommandError(
            f"There is no user {name} yet, and nobody to ask for a password: give --password."
        ) from error


@transaction.atomic
def _promote(user: User) -> None:
    """Put the user, saved first when new, into the group that may write quizzes."""
    if user.pk is None:
        user.save()
    group, _ = Group.objects.get_or_create(name=GROUP)
    group.permissions.add(Permission.objects.get(content_type__app_label="quizzes", codename="author_quiz"))
    user.groups.add(group)
