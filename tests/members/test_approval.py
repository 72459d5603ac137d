"""A new member counts from the superior's approval; an older joining is asked once."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated
from figures.definitions import indicators
from members.actions import affiliate_member, end_membership
from members.enums import EndReason, StartReason
from members.models import Affiliation, Member
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.members import MemberFactory, identity_number

BACKEND = "accounts.backends.UsernameOrPhone"
APRIL, MAY, JUNE = (dt.date(2026, month, 1) for month in (4, 5, 6))
MEETING, APPROVAL = dt.date(2026, 4, 10), dt.date(2026, 6, 20)


@pytest.fixture
def entry(branch):
    """The fields of a new member whom the street approved in June."""
    return {
        "name": "王五",
        "id_number": identity_number(1),
        "category": "resident",
        "standing": "probationary",
        "organization": branch.pk,
        "starts_on": MEETING,
        "join_date": MEETING,
        "reason": StartReason.DEVELOPED,
        "approved_on": APPROVAL,
    }


def admit(browser, entry, **changes):
    return browser.post(reverse("members:admit"), {**entry, **changes})


def developed_in(organization, month):
    figure = indicators.get("members_developed")
    return int(figure.measure(figure.rows_within(organization, month)))


def test_a_new_member_counts_in_the_month_of_the_approval(browser, entry, branch):
    admit(browser, entry)

    assert [developed_in(branch, month) for month in (APRIL, MAY, JUNE)] == [0, 0, 1]
    affiliation = Affiliation.objects.get()
    assert (affiliation.starts_on, affiliation.approved_on) == (MEETING, APPROVAL)
    assert not affiliation.is_late


@pytest.mark.parametrize("joined", ["", "2010-07-01", "2025-11-30"], ids=str)
def test_another_joining_day_is_asked_about_once_and_then_saved(browser, entry, joined):
    question = admit(browser, entry, join_date=joined).context["form"]
    assert list(question.errors) == ["__all__"]
    assert not question["confirmed"].is_hidden
    assert not Member.objects.exists()

    admit(browser, entry, join_date=joined, confirmed="on")

    assert Member.objects.get().name == "王五"


@pytest.mark.parametrize("joined", ["2026-04-10", "2025-12-01", "2026-06-20"])
def test_a_joining_within_the_months_before_the_approval_is_not_asked_about(
    browser, entry, joined
):
    admit(browser, entry, join_date=joined, starts_on=max(f"{MEETING}", joined))

    assert Member.objects.count() == 1


def test_the_months_before_the_approval_are_those_of_the_threshold(browser, entry):
    months = Threshold.objects.filter(key=ThresholdKey.APPROVAL_MONTHS_AT_MOST)
    months.update(value=7)

    admit(browser, entry, join_date="2025-11-30")

    assert Member.objects.count() == 1


def test_nobody_else_is_asked(browser, entry):
    full = {"standing": "full", "full_member_date": "2011-07-01"}
    reason = StartReason.TRANSFERRED_IN

    admit(browser, entry, join_date="2010-07-01", reason=reason, **full)

    assert Affiliation.objects.get().approved_on is None


@pytest.mark.parametrize("approved_on", ["", "2026-04-09"])
def test_an_approval_is_needed_and_not_before_the_first_day(
    browser, entry, approved_on
):
    answer = admit(browser, entry, approved_on=approved_on)

    assert list(answer.context["form"].errors) == ["approved_on"]


def test_the_joining_day_on_record_is_asked_about_when_somebody_is_readmitted(
    browser, branch
):
    member = MemberFactory(organization=branch, join_date=dt.date(2010, 7, 1))
    end_membership(member, reason=EndReason.EXPELLED, by=None, on=APRIL)
    url = reverse("members:affiliate", args=[member.pk])
    entry = {
        "organization": branch.pk,
        "on": MEETING,
        "reason": StartReason.DEVELOPED,
        "approved_on": APPROVAL,
    }

    question = browser.post(url, entry).context["form"]
    browser.post(url, {**entry, "confirmed": "on"})

    assert list(question.errors) == ["__all__"]
    assert member.affiliations.get(ends_on=None).start_month == JUNE


def test_the_table_refuses_an_approval_before_the_first_day(branch):
    member = MemberFactory(organization=branch)
    end_membership(member, reason=EndReason.EXPELLED, by=None, on=APRIL)

    with pytest.raises(ConstraintViolated):
        affiliate_member(
            member,
            branch,
            reason=StartReason.DEVELOPED,
            by=None,
            on=MEETING,
            approved_on=MEETING - dt.timedelta(days=1),
        )


def test_the_admin_asks_the_same(client, staff, entry):
    client.force_login(staff, backend=BACKEND)
    data = {
        **entry,
        "home": entry["organization"],
        "new_id_number": entry["id_number"],
        "join_date": "2010-07-01",
        "join_precision": "day",
        "full_member_precision": "day",
    }
    url = reverse("admin:members_member_add")

    form = client.post(url, data).context["adminform"].form
    client.post(url, {**data, "confirmed": "on"})

    assert list(form.errors) == ["__all__"]
    assert Affiliation.objects.get().start_month == JUNE


def test_all_that_a_new_member_lacks_is_told_at_once(browser, entry):
    guest = {"category": "in_service", "organization": "", "community": ""}
    answer = admit(browser, entry, **guest, id_number="", approved_on="")

    told = {"id_number", "approved_on", "community"}
    assert told == {*answer.context["form"].errors}


def test_a_member_of_no_category_for_guests_is_told_to_name_a_branch(browser, entry):
    lacking = {"organization": "", "standing": "", "reason": StartReason.RECORDED}
    answer = admit(browser, entry, **lacking)

    assert {"organization", "standing"} == {*answer.context["form"].errors}
