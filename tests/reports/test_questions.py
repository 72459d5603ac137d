"""Questions about a place are answered as short lists for those responsible."""

import datetime as dt

import pytest
from django.urls import reverse

from members.enums import StartReason
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE

pytestmark = pytest.mark.django_db


def answers(client, place, month=JUNE):
    """The lines of each answer on the page, in its order."""
    page = client.get(reverse("reports:questions", args=[place.pk, month]))
    return [
        [(str(line.name), line.text) for line in answer.lines]
        for answer in page.context["answers"]
    ]


def test_who_joined_first_and_what_grew_is_named(
    client, staff, street, branch, west_branch, east, west, roll
):
    old = MemberFactory(
        organization=branch,
        join_date=dt.date(1951, 7, 1),
        birth_date=dt.date(1930, 1, 1),
        starts_on=dt.date(2026, 4, 10),
        reason=StartReason.RECORDED,
    )
    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 3))
    MemberFactory(organization=west_branch, starts_on=dt.date(2026, 6, 3))
    recount_all()
    client.force_login(staff)

    oldest, fastest, _late, _served, covered = answers(client, street)

    assert oldest[0] == (old.name, "1951年7月1日")
    assert [name for name, _text in fastest] == [east.name]  # 西社区 had nobody before
    assert "+25.0 %" in fastest[0][1]
    assert covered


def test_without_records_there_is_nothing_to_name(client, staff, street, east):
    client.force_login(staff)

    oldest, fastest, late, served, _covered = answers(client, street)

    assert (oldest, fastest, late, served) == ([], [], [], [])


def test_the_dashboard_leads_to_the_answers(client, staff, street):
    client.force_login(staff)
    page = client.get(reverse("reports:dashboard_of", args=[street.pk]))

    assert "/questions/" in page.content.decode()
