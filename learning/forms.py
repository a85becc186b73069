"""Forms of this app and the one field template of the whole site."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.models import User
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class FieldRenderer(TemplatesSetting):
    """Draws every form field of the site with `templates/_field.html`."""

    field_template_name = "_field.html"


class ReadingForm(forms.Form):
    """How far a lesson is read, percent."""

    percent = forms.IntegerField(min_value=0, max_value=100)


class Plain:
    """Takes away allauth's placeholders, which say again what the labels say."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPassword(Plain):
    """Says in one sentence what AUTH_PASSWORD_VALIDATORS ask of a password, and not in a list of four."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 8 characters: not digits alone, no word that everyone uses, nothing like your user name."
        )


class SignupForm(NewPassword, allauth.SignupForm):  # type: ignore[misc]  # allauth has no type hints
    """Sign-up."""


class LoginForm(Plain, allauth.LoginForm):  # type: ignore[misc]  # allauth has no type hints
    """Sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Stay signed in")


class ChangePasswordForm(NewPassword, allauth.ChangePasswordForm):  # type: ignore[misc]  # allauth has no type hints
    """A new password."""


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):  # type: ignore[misc]  # allauth has no type hints
    """The password once more."""


class ForgetForm(forms.Form):
    """Whether one means it: everything learnt goes."""

    sure = forms.BooleanField(label=_("Yes, delete everything I did here"))


class DeleteAccountForm(forms.Form):
    """The password once more, before an account goes."""

    password = forms.CharField(
        label=_("Your password"),
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """Refuse what is not the password of the user."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password
