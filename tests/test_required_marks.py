"""Which fields another one makes required is told before a form is sent."""

import itertools

import pytest
from django.urls import reverse

from members.enums import Category
from members.fields import ENTERING
from members.forms import AdmissionForm
from organizations.models import Organization
from tests.client import Browser

pytestmark = pytest.mark.django_db
REASONS = [value for value, _label in ENTERING]


def holds(when, values):
    """Whether a condition holds, as a reader of its words would say."""
    if when.blank and values.get(when.blank):
        return False
    if not when.field:
        return True
    return (values[when.field] in when.values) is not when.unless


@pytest.mark.parametrize(
    ("category", "reason"), [*itertools.product(Category.values, REASONS)]
)
def test_what_is_told_to_be_required_is_what_is_refused(category, reason, east):
    values = {"category": category, "reason": reason, "join_date": "2026-04-20"}
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
