"""The agreed end stays known beside the actual one; both sides hear of the start."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.models import Notice
from cobuilding.actions import end_agreement, sign_agreement
from cobuilding.enums import Side
from cobuilding.models import Agreement
from core.dates import format_day
from core.months import today
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.cobuilding import AgreementFactory, signed


@pytest.mark.parametrize("last", [Side.UNIT, Side.COMMUNITY])
def test_the_other_side_hears_that_an_agreement_is_in_force(
    east, agreement, liaison, secretary, last
):
    deputy = holder(Role.DEPUTY, east)
    people = {Side.UNIT: liaison, Side.COMMUNITY: secretary}

    sign_agreement(agreement, last.other, by=people[last.other])
    unread = Notice.objects.unread()
    asked = {notice.user for notice in unread.all()}
    sign_agreement(agreement, last, by=people[last])

    speakers = {Side.UNIT: {liaison}, Side.COMMUNITY: {secretary, deputy}}
    told = {notice.user for notice in unread.all()}
    assert asked == speakers[last]
    assert told == {liaison, secretary, deputy} - {people[last]}
    assert agreement.title in unread.all()[0].text


def test_an_early_end_keeps_the_agreed_one_and_the_page_shows_both(
    enter, agreement, liaison
):
    signed(agreement)
    agreed = agreement.last_day

    ended = end_agreement(agreement, by=None, reason="单位搬迁")

    assert (ended.last_day, ended.ended_on, ended.until) == (agreed, today(), today())
    assert ended.ends_on == today()
    signed_on = ended.signed_by_unit_at.date()
    page = enter(liaison).get(agreement.get_absolute_url()).content.decode()
    assert (format_day(signed_on) in page, str(signed_on) in page) == (True, False)
    for url in (agreement.get_absolute_url(), "/unit/"):
        page = enter(liaison).get(url).content.decode()
        assert format_day(agreed) in page
        assert format_day(today()) in page


def test_a_later_entry_of_the_end_does_not_shorten_what_has_run_out(east, school):
    old = AgreementFactory(
        organization=east,
        unit=school,
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2025, 1, 1),
    )

    ended = end_agreement(old, by=None, reason="到期")

    last = dt.date(2024, 12, 31)
    assert (ended.last_day, ended.until, ended.ended_on) == (last, last, today())


def test_raw_sql_cannot_change_either_end(agreement):
    signed(agreement)
    end_agreement(agreement, by=None, reason="单位搬迁")

    for column in ("ends_on", "planned_ends_on", "ended_on"):
        sql = f"UPDATE cobuilding_agreement SET {column} = '2026-09-01'"  # noqa: S608
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_list_shows_the_day_on_which_it_was_ended(enter, secretary, agreement):
    signed(agreement)
    end_agreement(agreement, by=None, reason="单位搬迁")

    page = enter(secretary).get(reverse("cobuilding:list")).content.decode()

    assert format_day(today()) in page
    assert Agreement.objects.count() == 1
