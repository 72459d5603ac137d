"""Which fields another one makes required is told before a form is sent."""

import itertools

import pytest
from django.urls import reverse

from members.enums import Category
from members.fields import ENTERING
from members.forms import STANDING_MISSING, AdmissionForm, TransferredForm
from organizations.models import Organization
from tests.client import Browser

pytestmark = pytest.mark.django_db
REASONS = [value for value, _label in ENTERING]


def holds(when, values):
    """Whether a condition holds, as a reader of its words would say."""
    is_blank = not when.blank or not values.get(when.blank)
    has_value = not when.field or values[when.field] in when.values
    if when.unless:
        return not has_value or (bool(when.blank) and is_blank)
    return has_value and is_blank


@pytest.mark.parametrize(
    ("category", "reason", "joined"),
    [*itertools.product(Category.values, REASONS, ["2026-04-20", ""])],
)
def test_what_is_told_to_be_required_is_what_is_refused(category, reason, joined, east):
    values = {"category": category, "reason": reason, "join_date": joined}
    everywhere = Organization.objects.all()
    form = AdmissionForm(
        values,
        organizations=everywhere,
        communities=everywhere,
        employers=AdmissionForm.base_fields["employer"].queryset,
    )

    told = {name for name, when in form.required_when.items() if holds(when, values)}

    refused = {*form.errors} & {*form.required_when}
    assert refused == told


def test_whoever_comes_by_letter_is_always_asked_for_the_kind_of_member():
    form = TransferredForm(
        {},
        branches=Organization.objects.none(),
        employers=AdmissionForm.base_fields["employer"].queryset,
    )

    assert form["standing"].field.required
    assert form.errors["standing"] == [str(STANDING_MISSING)]


@pytest.mark.parametrize(
    ("page", "person", "words"),
    [
        (
            "members:admit",
            "secretary",
            ["为“发展入党”时必填", "不是“在职党员”、“流动党员”时必填"],
        ),
        (
            "admin:members_member_add",
            "staff",
            ["为“发展入党”时必填", "不是“在职党员”、“流动党员”时必填"],
        ),
    ],
)
def test_the_condition_stands_beside_the_field(page, person, words, request, branch):
    browser = Browser()
    user = request.getfixturevalue(person)
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")

    shown = browser.get(reverse(page)).content.decode()

    assert [word for word in words if word not in shown] == []
    assert 'data-required-by="reason"' in shown
