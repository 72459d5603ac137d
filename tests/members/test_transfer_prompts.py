"""Who has settled elsewhere is shown to those who can propose the transfer (R-12)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.months import months_before, today
from core.registries.todos import todos_for
from members.actions import end_mobile, propose_transfer, record_mobile
from members.enums import Absence, MobileKind
from members.models import Member
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db
DUE = f"{reverse('members:list')}?absence={Absence.TRANSFER_DUE}"
DAY = dt.timedelta(days=1)


def gone_since(day, branch, **values):
    """A member of the branch who has been elsewhere since a day."""
    member = MemberFactory(organization=branch, starts_on=dt.date(2021, 1, 1))
    record_mobile(
        member,
        kind=MobileKind.MOVED_HOME,
        by=None,
        on=day,
        **{"destination": "广东省东莞市", **values},
    )
    return member


def six_months_ago():
    return months_before(today(), 6)


def due(user):
    """Whom the list behind the to-do shows, and how many the to-do counts."""
    rows = Visitor(user).get(DUE).context["table"].rows
    counts = [todo.count for todo in todos_for(user, today()) if todo.url == DUE]
    assert counts == ([len(rows)] if len(rows) else [])
    return [row.record for row in rows]


@pytest.mark.parametrize(("days", "is_due"), [(0, True), (1, False)])
def test_a_transfer_is_due_after_six_months_to_the_day(days, is_due, branch, secretary):
    member = gone_since(six_months_ago() + days * DAY, branch)

    assert due(secretary) == ([member] if is_due else [])


def test_the_months_are_a_rule_that_the_office_can_change(branch, secretary):
    member = gone_since(months_before(today(), 4), branch)
    assert due(secretary) == []

    Threshold.objects.filter(key=ThresholdKey.TRANSFER_DUE_MONTHS).update(value=4)

    assert due(secretary) == [member]


def test_nobody_is_prompted_who_stays_nowhere_is_back_or_is_leaving(
    branch, secretary, other_street
):
    gone_since(six_months_ago(), branch, destination="")
    back = gone_since(six_months_ago(), branch)
    end_mobile(back.mobile_records.get(), by=None)
    leaving = gone_since(six_months_ago(), branch)
    propose_transfer(leaving, cause="family", to=other_street, by=None)

    assert due(secretary) == []


def test_only_those_who_keep_the_record_are_prompted(branch, east, secretary, west):
    member = gone_since(six_months_ago(), branch)
    gone_since(six_months_ago(), BranchFactory(parent=west))

    assert due(secretary) == [member]


def test_the_prompt_leads_to_the_letter(branch, secretary, other_street):
    member = gone_since(six_months_ago(), branch)
    url = reverse("members:propose_transfer", args=[member.pk])

    answer = Visitor(secretary).get(member.get_absolute_url())
    assert answer.context["transfer_due"]
    Visitor(secretary).follow(
        member.get_absolute_url(), url, to=other_street.pk, cause="family"
    )

    assert due(secretary) == []
    member = Member.objects.get(pk=member.pk)
    answer = Visitor(secretary).get(member.get_absolute_url())
    assert not answer.context["transfer_due"]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (dt.date(2026, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2026, 3, 15), 6, dt.date(2025, 9, 15)),
        (dt.date(2024, 2, 29), 12, dt.date(2023, 2, 28)),
    ],
)
def test_months_before_a_day_end_with_their_last_day(day, months, before):
    assert months_before(day, months) == before
