"""Accepting a return: published bit for bit, frozen, and the month closed."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEntry, Notice
from core.db.triggers import suspend_triggers
from core.registries.invariants import invariants
from figures.sums import values_at
from members.actions import change_member, end_membership
from members.enums import EndReason
from organizations.actions import change_organization
from organizations.models import MonthState
from organizations.month_tree import place_of
from organizations.queries import is_closed
from reports.actions import accept_return, report_line, return_for_correction
from reports.enums import ReturnState
from reports.errors import EarlierMonthOpen, FiguresMoved, OwnReturn, WrongState
from reports.models import MonthlyReturn, PublishedMonth, ReturnLine
from reports.publishing import digest, sealed
from reports.queries import cells_of
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.reports import (
    JULY,
    JUNE,
    MonthlyReturnFactory,
    counted,
    published,
    submitted,
)

MAY = dt.date(2026, 5, 1)


@pytest.fixture
def june(east, roll):
    """The June return of 东社区, which has three members."""
    return MonthlyReturnFactory(organization=east)


def said(monthly_return, indicator):
    """What a return says in one cell."""
    cells = cells_of(MonthlyReturn.objects.get(pk=monthly_return.pk))
    found = next(cell for cell in cells if cell.line.indicator == indicator)
    return found.reported


def proof():
    """Every invariant of this app that does not hold."""
    mine = [one for one in invariants if one.key.startswith("reports.")]
    return [line for one in mine for line in one.broken()]


def test_acceptance_publishes_freezes_and_closes(june, east, staff):
    row = submitted(june)

    one = accept_return(row, by=staff)

    june.refresh_from_db()
    assert june.state == ReturnState.ACCEPTED
    assert (one.path, one.published_by) == (east.path, staff)
    assert one.sha256 == digest(bytes(one.content))
    assert one.figures["members_closing"] == "3.00"
    assert is_closed(east, dt.date(2026, 6, 30))


def test_the_bytes_say_everything_that_was_reported(june, secretary):
    lessons = june.round.form.lines.get(indicator="meetings_lessons")
    report_line(june, lessons, value=Decimal(2), reason="上级党校", by=secretary)

    content = json.loads(bytes(published(june).content))

    assert content["organization"]["name"] == "东社区"
    assert content["month"] == "2026-06"
    line = next(x for x in content["lines"] if x["indicator"] == "meetings_lessons")
    assert (line["computed"], line["reported"]) == ("0.00", "2.00")
    assert line["reason"] == "上级党校"


def test_acceptance_leaves_one_entry_of_its_own_and_one_of_the_closing(june, staff):
    row = submitted(june)
    before = AuditEntry.objects.count()

    accept_return(row, by=staff)

    deeds = AuditEntry.objects.order_by("pk")[before:].values_list("action", flat=True)
    assert list(deeds) == ["organizations.close_month", "reports.accept_return"]


def test_the_keepers_are_told(
    june, secretary, staff, django_capture_on_commit_callbacks
):
    row = submitted(june, by=secretary)

    with django_capture_on_commit_callbacks(execute=True):
        accept_return(row, by=staff)

    assert Notice.objects.get().user == secretary


def test_nobody_accepts_his_own_return(june, street):
    both = holder("street_staff", street)
    row = submitted(june, by=both)

    with pytest.raises(OwnReturn):
        accept_return(row, by=both)


def test_a_draft_is_not_accepted(june, staff):
    with pytest.raises(WrongState):
        accept_return(june, by=staff)


def test_months_are_accepted_one_after_the_other(june, east, staff):
    MonthlyReturnFactory(organization=east, month=MAY)
    row = submitted(june)

    with pytest.raises(EarlierMonthOpen):
        accept_return(row, by=staff)


def test_what_moved_since_submission_is_named_and_nothing_is_accepted(
    june, branch, staff
):
    row = submitted(june)
    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 8))

    with pytest.raises(FiguresMoved) as refusal:
        accept_return(row, by=staff)

    assert "转入、本月末" in str(refusal.value)
    assert PublishedMonth.objects.count() == 0
    returned = return_for_correction(row, reason="数字有变化", by=staff)
    assert accept_return(submitted(returned), by=staff).figures["members_in"] == "1.00"


# Closed months stay closed ------------------------------------------------------------


def test_a_late_fact_counts_in_the_next_month_and_the_published_one_stands(
    june, east, branch
):
    one = published(june)

    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 8))
    counted()

    place = place_of(east.pk, JUNE)
    keys = ["members_in", "members_closing"]
    assert list(values_at(place, JUNE, keys).values()) == [0, 3]
    assert list(values_at(place, JULY, keys).values()) == [1, 4]
    july = MonthlyReturnFactory(organization=east, month=JULY)
    assert said(july, "members_opening") == Decimal(one.figures["members_closing"])
    assert said(july, "members_in") == 1
    assert said(july, "adjustment") == 0
    assert proof() == []


def test_a_correction_after_closing_changes_later_months_alone(june, east, roll):
    published(june)

    change_member(roll[0], by=None, sex="2")
    counted()

    place = place_of(east.pk, JUNE)
    assert values_at(place, JUNE, ["members_women"]) == {"members_women": 1}
    assert values_at(place, JULY, ["members_women"]) == {"members_women": 2}
    assert proof() == []


def test_each_month_opens_with_the_closing_published_before(june, east, roll):
    published(june)
    end_membership(roll[0], reason=EndReason.DIED, by=None, on=dt.date(2026, 7, 1))

    july = MonthlyReturnFactory(organization=east, month=JULY)

    assert said(july, "members_opening") == 3
    assert said(july, "members_died") == 1
    assert said(july, "members_closing") == 2


def test_a_move_to_another_street_leaves_the_published_month_where_it_was(
    june, east, street, other_street
):
    published(june)

    change_organization(east, by=None, on=dt.date(2026, 7, 1), parent=other_street)
    counted()

    keys = ["members_closing"]
    june_of = values_at(place_of(street.pk, JUNE), JUNE, keys)
    assert june_of == {"members_closing": 3}
    assert values_at(place_of(street.pk, JULY), JULY, keys) == {"members_closing": 0}
    assert proof() == []


# The database itself refuses --------------------------------------------------------


def refused(sql):
    """Whether the database refuses a statement, and by what rule."""
    with (
        pytest.raises(DatabaseError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return str(error.value)


@pytest.mark.parametrize(
    ("sql", "trigger"),
    [
        ("UPDATE reports_publishedmonth SET sha256 = ''", "publishedmonth_frozen"),
        ("DELETE FROM reports_publishedmonth", "publishedmonth_frozen"),
        (
            "UPDATE reports_returnline SET reported = 1, reason = 'x'",
            "returnline_frozen",
        ),
        ("DELETE FROM reports_returnline", "returnline_frozen"),
        ("UPDATE reports_monthlyreturn SET narrative = 'x'", "monthlyreturn_frozen"),
    ],
)
def test_what_was_published_cannot_be_changed_by_any_path(june, sql, trigger):
    published(june)

    assert trigger in refused(sql)


def test_lines_of_a_return_under_way_can_be_changed(june):
    row = submitted(june)

    changed = ReturnLine.objects.filter(monthly_return=row).update(reason="核对过")

    assert changed == row.round.form.lines.count()


def test_a_published_number_that_was_tampered_with_is_found_out(june):
    one = published(june)
    with suspend_triggers(PublishedMonth):
        PublishedMonth.objects.filter(pk=one.pk).update(content=b"{}")

    assert proof() == ["东社区 2026-06: the bytes do not have the hash"]


DIFFER = "bytes, lines and figures differ"


def rewritten(one):
    """The bytes of a published month with another narrative, and their own hash."""
    content, sha256 = sealed({**json.loads(bytes(one.content)), "narrative": "假的"})
    return {"content": content, "sha256": sha256}


def test_bytes_that_were_rewritten_with_their_hash_are_found_out(june):
    one = published(june)
    with suspend_triggers(PublishedMonth, MonthlyReturn):
        PublishedMonth.objects.filter(pk=one.pk).update(**rewritten(one))
        MonthlyReturn.objects.filter(pk=june.pk).update(narrative="假的")

    assert proof() == ["东社区 2026-06: the audit log has another hash"]


@pytest.mark.parametrize(
    ("model", "values", "found"),
    [
        (MonthlyReturn, {"narrative": "假的"}, "bytes, lines and figures differ"),
        (ReturnLine, {"reason": "假的"}, "bytes, lines and figures differ"),
        (PublishedMonth, {"figures": {}}, "bytes, lines and figures differ"),
        (
            MonthlyReturn,
            {"state": "draft"},
            "published, and its return is not accepted",
        ),
        (MonthState, {"status": "open"}, "published, and the month is open"),
    ],
)
def test_whatever_else_is_rewritten_of_an_accepted_return_is_found_out(
    june, model, values, found
):
    published(june)
    with suspend_triggers(model):
        model.objects.update(**values)

    assert proof() == [f"东社区 2026-06: {found}"]


def test_an_accepted_return_that_is_published_no_more_is_found_out(june):
    one = published(june)
    with suspend_triggers(PublishedMonth):
        one.delete()

    assert proof() == ["东社区 2026-06: accepted, and nothing is published"]
