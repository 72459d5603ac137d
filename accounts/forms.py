"""Forms for signing in and changing the password."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.db.fields import NumberTextFormField
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
        self.fields["password"].widget = PasswordWidget("current")


class PasswordWidget(forms.PasswordInput):
    """A password field whose content `password.js` can show and hide again."""

    def __init__(self, purpose: str) -> None:
        super().__init__(
            {
                "autocomplete": f"{purpose}-password",
                "data-show": _("Show the password"),
                "data-hide": _("Hide the password"),
            }
        )


def new_password_field() -> forms.CharField:
    """Return the field of a new password: one, with a button to show what is typed.

    A second blind field would prove less, and be copied from the first. The script
    `password.js` adds the button.
    """
    return forms.CharField(
        label=_("New password"),
        strip=False,
        widget=PasswordWidget("new"),
        help_text=password_validators_help_text_html(),
    )


class PasswordForm(KeyedForm):
    """The old password and the new one."""

    old_password = forms.CharField(
        label=_("Old password"),
        strip=False,
        widget=PasswordWidget("current"),
    )
    new_password1 = new_password_field()

    def __init__(
        self, user: User, *args: Any, request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_old_password(self) -> str:
        """Refuse a wrong old password: an open page is not yet the person.

        It is tried as at the sign-in, so that wrong ones are counted and lock alike.
        """
        old: str = self.cleaned_data["old_password"]
        name = self.user.username
        if authenticate(self.request, username=name, password=old) is None:
            raise forms.ValidationError(
                _(
                    "The old password is not right. After five wrong tries the account"
                    " is locked for a quarter of an hour."
                )
            )
        return old


class UsernameForm(ReasonForm):
    """The right username of an account, and why it is corrected."""

    username = NumberTextFormField(
        label=_("Username"),
        max_length=40,
        help_text=_("The person signs in with it from now on, and is told so."),
    )

    field_order = ["username", "reason"]


class ActivationForm(forms.Form):
    """A slip's code, the person's particulars, and their new password."""

    code = NumberTextFormField(
        label=_("Code on the slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    proof = NumberTextFormField(
        label=_("Last four characters of the identity number"),
        max_length=40,
        help_text=_("If the slip shows a username, enter that username instead."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password1 = new_password_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password1"):
            self._validate_password(password, cleaned)
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

    digest = NumberTextFormField(label=_("Digest on the paper"), max_length=100)

    def clean_digest(self) -> str:
        """Return the digest without blanks, in small letters."""
        return "".join(str(self.cleaned_data["digest"]).lower().split())


class SearchForm(forms.Form):
    """What is sought in everything one may see."""

    q = NumberTextFormField(
        label=_("Name, title or voucher number"), max_length=50, required=False
    )
