"""What the two sides of an agreement read, sign and hear of each other."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Notice
from cobuilding.enums import AgreementState, WorkOf
from cobuilding.errors import TermsChanged
from cobuilding.views.agreements import SignForUnit
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import signed
from tests.html import read

UNIT = "/unit/"


@pytest.mark.parametrize("ender", ["secretary", "staff"])
def test_both_sides_hear_who_ended_an_agreement_and_why(
    enter, east, street, secretary, liaison, agreement, ender
):
    deputy = holder(Role.DEPUTY, east)
    people = {"secretary": secretary, "staff": holder(Role.STREET_STAFF, street)}
    by = people[ender]
    signed(agreement)

    end = reverse("cobuilding:end_agreement", args=[agreement.pk])
    enter(by).post(end, {"reason": "单位搬迁"})

    notified = {
        notice.user for notice in Notice.objects.all() if "单位搬迁" in notice.text
    }
    assert notified == {secretary, deputy, liaison} - {by}
    for reader in (liaison, deputy):
        body = enter(reader).get(agreement.get_absolute_url()).content.decode()
        assert str(by) in body
        assert "单位搬迁" in body
    assert str(by) in enter(liaison).get(UNIT).content.decode()


def test_the_liaison_signs_on_their_own_page_what_it_shows(enter, liaison, agreement):
    browser = enter(liaison)
    form = read(browser.get(UNIT)).form_to("sign-for-unit")

    page = browser.post(form.action, form.sent(), follow=True)

    agreement.refresh_from_db()
    assert [str(message) for message in page.context["messages"]] == [
        str(SignForUnit.success_message)
    ]
    assert agreement.state == AgreementState.SIGNED_BY_UNIT


@pytest.mark.parametrize(
    "values",
    [
        {"goal": 9999},
        {"baseline": 1},
        {"owner_name": "李四"},
        {"due_on": dt.date(2026, 11, 30)},
        {"work_of": WorkOf.UNIT},
    ],
)
def test_the_liaison_does_not_sign_what_changed_since_their_page_was_opened(
    enter, liaison, agreement, values
):
    browser = enter(liaison)
    form = read(browser.get(UNIT)).form_to("sign-for-unit")
    agreement.targets.update(**values)

    page = browser.post(form.action, form.sent())

    agreement.refresh_from_db()
    refusal = str(TermsChanged(title=agreement.title))
    assert page.context["form"].non_field_errors() == [refusal]
    assert agreement.state == AgreementState.DRAFT
