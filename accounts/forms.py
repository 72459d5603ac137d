"""Forms for signing in and changing the password."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.web.forms import KeyedForm, ReasonForm


class SignInForm(AuthenticationForm):
    """Username or phone, and password."""

    error_messages = {
        "invalid_login": _(
            "The username or phone and the password do not match. After five"
            " wrong tries the account is locked for a quarter of an hour."
        ),
        "inactive": _("This account is closed. Please ask the street office."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Username or mobile phone")


class PasswordForm(KeyedForm, PasswordChangeForm):
    """The old password and the new one, twice."""


class UsernameForm(ReasonForm):
    """The right username of an account, and why it is corrected."""

    username = forms.CharField(
        label=_("Username"),
        max_length=40,
        help_text=_("The person signs in with it from now on, and is told so."),
    )

    field_order = ["username", "reason"]


class ActivationForm(forms.Form):
    """A slip's code, the person's particulars, and their new password."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    proof = forms.CharField(
        label=_("Last four characters of the identity number"),
        max_length=40,
        help_text=_("If the slip shows a username, enter that username instead."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password1 = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html(),
    )
    password2 = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        if first:
            self._validate_password(first, cleaned)
        return cleaned

    def _validate_password(self, password: str, cleaned: dict[str, Any]) -> None:
        person = User(
            username=cleaned.get("proof", ""), display_name=cleaned.get("name", "")
        )
        try:
            validate_password(password, person)
        except forms.ValidationError as error:
            self.add_error("password1", error)


class HeadForm(forms.Form):
    """The digest of a printed head, typed with blanks or without."""

    digest = forms.CharField(label=_("Digest on the paper"), max_length=100)

    def clean_digest(self) -> str:
        """Return the digest without blanks, in small letters."""
        return "".join(str(self.cleaned_data["digest"]).lower().split())
