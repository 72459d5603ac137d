"""No free text takes an identity number, whichever form it is typed into."""

from pathlib import Path

import pytest
from django import forms
from django.urls import get_resolver

from core.identity import names_identity_number
from core.web.forms import NUMBER_IN_TEXT, KeyedForm, WithoutNumbersForm
from members.fields import IdentityNumberField
from tests.factories.members import identity_number

NUMBER = identity_number(7)
ROOT = Path(__file__).resolve().parents[2]
# They keep no text: whoever they are of signs in, or a file is named by the server.
OTHERWISE = {"ActivationForm", "SignInForm", "ConfirmCodeListImportForm"}


@pytest.mark.parametrize(
    ("text", "names_one"),
    [
        (f"身份证{NUMBER}，补录", True),
        (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", True),
        (NUMBER.translate(str.maketrans("0123456789", "０１２３４５６７８９")), True),
        (f"1{NUMBER}", False),
        ("卡号 6222021234567890123", False),
        ("13800001234", False),
        ("2026年11月29日", False),
        ("", False),
    ],
)
def test_a_valid_number_is_found_inside_a_text(text, names_one):
    assert names_identity_number(text) is names_one


class Sample(KeyedForm):
    """A form with a free text, and with a field of a class that takes numbers."""

    reason = forms.CharField(widget=forms.Textarea)
    id_number = IdentityNumberField()


def test_a_free_text_with_a_number_is_refused_and_its_own_field_takes_it():
    sent = Sample({"reason": f"与{NUMBER}重复", "id_number": NUMBER})

    assert sent.errors == {"reason": [str(NUMBER_IN_TEXT)]}
    assert Sample({"reason": "重复", "id_number": NUMBER}).errors == {}


def forms_below(base):
    """Every class of forms that was declared, in the order of declaration."""
    for form in base.__subclasses__():
        yield form
        yield from forms_below(form)


def is_ours(form):
    package = form.__module__.partition(".")[0]
    is_app = (ROOT / package / "apps.py").is_file()
    return is_app and form.__name__ not in OTHERWISE


def test_every_form_of_ours_that_writes_a_text_is_such_a_form():
    get_resolver().url_patterns  # noqa: B018 -- imports every view with its forms
    strange = sorted(
        f"{form.__module__}.{form.__name__}"
        for form in forms_below(forms.BaseForm)
        if is_ours(form)
        and not issubclass(form, WithoutNumbersForm)
        and any(
            type(field) is forms.CharField
            for field in getattr(form, "base_fields", {}).values()
        )
    )

    assert strange == []
