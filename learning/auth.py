"""Signing in: the user and their learner in one query, and a guest's work kept.

Must not know what a learner studies.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from learning.activities import activities, kept_of
from learning.http import AUTHOR, AUTHOR_KEY
from learning.models import GUEST_KEY, Learner
from learning.services import adopt_guest


class LearnerBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no type hints
    """Sign-in by user name; one query brings the user together with the learner."""

    def get_user(self, user_id: Any) -> User | None:
        """Return the active user with `learner` already loaded, or None."""
        user = User.objects.select_related("learner").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type hints
    """Keeps what a guest did when they sign up or in."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign `user` in and move the guest's work of this session over to them."""
        guest_id = request.session.get(GUEST_KEY)
        guest = Learner.objects.filter(pk=guest_id, user=None).first() if guest_id else None
        brought = kept_of(guest) if guest else []
        super().login(request, user)
        adopt_guest(user=user, guest_id=guest_id, also=[activity.adopt for activity in activities()])
        request.session.pop(GUEST_KEY, None)
        if brought:
            messages.success(request, _("Your record came along: %(record)s.") % {"record": ", ".join(brought)})
        request.session[AUTHOR_KEY] = user.has_perm(AUTHOR)
