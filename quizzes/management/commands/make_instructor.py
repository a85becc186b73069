"""Make an instructor: a user in the group that may write quizzes."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

GROUP = "Instructors"


class Command(BaseCommand):
    """`manage.py make_instructor NAME`: asks for a password when the user is new."""

    help = "Make NAME an instructor, creating the user when there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the user name, and for scripts the password."""
        parser.add_argument("name")
        parser.add_argument("--password", help="for scripts; without it a new user's password is asked for")

    @transaction.atomic
    def handle(self, *args: Any, name: str, password: str | None, **options: Any) -> None:
        """Create or find the user and put them into the group."""
        user = User.objects.filter(username=name).first() or self._create(name, password)
        group, _ = Group.objects.get_or_create(name=GROUP)
        group.permissions.add(Permission.objects.get(content_type__app_label="quizzes", codename="author_quiz"))
        user.groups.add(group)
        self.stdout.write(f"{name} is an instructor now.")

    def _create(self, name: str, password: str | None) -> User:
        password = password or getpass.getpass(f"Password for {name}: ")
        user = User(username=name)
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        return user
