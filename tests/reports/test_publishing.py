"""Accepting a return publishes its exact bytes, freezes it and closes the month."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEntry, Notice
from core.db.triggers import suspend_triggers
from core.registries.invariants import invariants
from figures.sums import sum_figures
from members.actions import change_member, end_membership
from members.enums import EndReason
from organizations.actions import change_organization
from organizations.models import MonthState
from organizations.month_tree import get_organization_at
from organizations.queries import is_closed
from reports.actions import accept_return, report_line, return_for_correction
from reports.enums import ReturnState
from reports.errors import EarlierMonthOpen, FiguresChanged, OwnReturn, WrongState
from reports.invariants import find_misreported_months
from reports.models import MonthlyReturn, PublishedMonth, ReturnLine
from reports.returns.cells import build_cells
from reports.returns.publishing import encode_content, hash_content
from tests.factories.accounts import holder
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JULY, JUNE, MonthlyReturnFactory, publish, submit

MAY = dt.date(2026, 5, 1)


@pytest.fixture
def june(east, roll):
    """The June return of 东社区, which has three members."""
    return MonthlyReturnFactory(organization=east)


def reported(monthly_return, indicator):
    """The reported number of one cell of a return."""
    cells = build_cells(MonthlyReturn.objects.get(pk=monthly_return.pk))
    return next(c.reported for c in cells if c.line.indicator == indicator)


def findings():
    """What `verify` reports for the invariants of this app."""
    own = [one for one in invariants if one.key.startswith("reports.")]
    return [line for one in own for line in one.broken()]


def test_acceptance_publishes_freezes_and_closes(june, east, staff):
    row = submit(june)

    one = accept_return(row, by=staff)

    june.refresh_from_db()
    assert june.state == ReturnState.ACCEPTED
    assert (one.path, one.published_by) == (east.path, staff)
    assert one.sha256 == hash_content(bytes(one.content))
    assert one.figures["members_closing"] == "3.00"
    assert is_closed(east, dt.date(2026, 6, 30))


def test_the_bytes_contain_everything_that_was_reported(june, secretary):
    lessons = june.round.form.lines.get(indicator="meetings_lessons")
    report_line(june, lessons, value=Decimal(2), reason="两次在上级党校", by=secretary)

    content = json.loads(bytes(publish(june).content))

    assert content["organization"]["name"] == "东社区"
    assert content["month"] == "2026-06"
    line = next(x for x in content["lines"] if x["indicator"] == "meetings_lessons")
    assert (line["computed"], line["reported"]) == ("0.00", "2.00")
    assert line["reason"] == "两次在上级党校"


def test_acceptance_leaves_one_entry_of_its_own_and_one_of_the_closing(june, staff):
    row = submit(june)
    before = AuditEntry.objects.count()

    accept_return(row, by=staff)

    actions = AuditEntry.objects.order_by("pk")[before:].values_list(
        "action", flat=True
    )
    assert list(actions) == ["organizations.close_month", "reports.accept_return"]


def test_the_record_keepers_are_notified(
    june, secretary, staff, django_capture_on_commit_callbacks
):
    row = submit(june, by=secretary)

    with django_capture_on_commit_callbacks(execute=True):
        accept_return(row, by=staff)

    assert Notice.objects.get().user == secretary


def test_nobody_accepts_their_own_return(june, street):
    both = holder("street_staff", street)
    row = submit(june, by=both)

    with pytest.raises(OwnReturn):
        accept_return(row, by=both)


def test_a_draft_is_not_accepted(june, staff):
    with pytest.raises(WrongState):
        accept_return(june, by=staff)


def test_months_are_accepted_one_after_the_other(june, east, staff):
    MonthlyReturnFactory(organization=east, month=MAY)
    row = submit(june)

    with pytest.raises(EarlierMonthOpen):
        accept_return(row, by=staff)


def test_figures_changed_since_submission_are_named_and_nothing_is_accepted(
    june, branch, staff
):
    row = submit(june)
    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 8))

    with pytest.raises(FiguresChanged) as refusal:
        accept_return(row, by=staff)

    assert refusal.value.params == {"lines": "转入、本月末"}
    assert PublishedMonth.objects.count() == 0
    returned = return_for_correction(row, reason="数字有变化", by=staff)
    assert accept_return(submit(returned), by=staff).figures["members_in"] == "1.00"


# Closed months stay closed ------------------------------------------------------------


def test_a_late_fact_counts_in_the_next_month_and_the_published_one_is_kept(
    june, east, branch
):
    one = publish(june)

    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 8))
    recount_all()

    organization = get_organization_at(east.pk, JUNE)
    keys = ["members_in", "members_closing"]
    assert list(sum_figures(organization, JUNE, keys).values()) == [0, 3]
    assert list(sum_figures(organization, JULY, keys).values()) == [1, 4]
    july = MonthlyReturnFactory(organization=east, month=JULY)
    assert reported(july, "members_opening") == Decimal(one.figures["members_closing"])
    assert reported(july, "members_in") == 1
    assert reported(july, "adjustment") == 0
    assert findings() == []


def test_a_correction_after_closing_changes_later_months_alone(june, east, roll):
    publish(june)

    change_member(roll[0], by=None, sex="2")
    recount_all()

    organization = get_organization_at(east.pk, JUNE)
    assert sum_figures(organization, JUNE, ["members_women"]) == {"members_women": 1}
    assert sum_figures(organization, JULY, ["members_women"]) == {"members_women": 2}
    assert findings() == []


def test_each_month_opens_with_the_closing_published_before(june, east, roll):
    publish(june)
    end_membership(roll[0], reason=EndReason.DIED, by=None, on=dt.date(2026, 7, 1))

    july = MonthlyReturnFactory(organization=east, month=JULY)

    assert reported(july, "members_opening") == 3
    assert reported(july, "members_died") == 1
    assert reported(july, "members_closing") == 2


def test_a_move_to_another_street_leaves_the_published_month_where_it_was(
    june, east, street, other_street
):
    publish(june)

    change_organization(east, by=None, on=dt.date(2026, 7, 1), parent=other_street)
    recount_all()

    keys = ["members_closing"]
    june_of = sum_figures(get_organization_at(street.pk, JUNE), JUNE, keys)
    assert june_of == {"members_closing": 3}
    assert sum_figures(get_organization_at(street.pk, JULY), JULY, keys) == {
        "members_closing": 0
    }
    assert findings() == []


# The database itself refuses --------------------------------------------------------


def refusal_of(sql):
    """The error with which the database refuses a statement."""
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
    publish(june)

    assert trigger in refusal_of(sql)


def test_lines_of_a_return_under_way_can_be_changed(june):
    row = submit(june)

    changed = ReturnLine.objects.filter(monthly_return=row).update(reason="已经核对过")

    assert changed == row.round.form.lines.count()


def test_verify_reports_altered_bytes(june):
    one = publish(june)
    with suspend_triggers(PublishedMonth):
        PublishedMonth.objects.filter(pk=one.pk).update(content=b"{}")

    assert findings() == ["东社区 2026年6月: the bytes do not have the hash"]


def rewrite(one):
    """The bytes of a published month with another narrative, and their own hash."""
    altered = {**json.loads(bytes(one.content)), "narrative": "假的"}
    content, sha256 = encode_content(altered)
    return {"content": content, "sha256": sha256}


def test_verify_reports_bytes_rewritten_with_their_hash(june):
    one = publish(june)
    with suspend_triggers(PublishedMonth, MonthlyReturn):
        PublishedMonth.objects.filter(pk=one.pk).update(**rewrite(one))
        MonthlyReturn.objects.filter(pk=june.pk).update(narrative="假的")

    assert findings() == ["东社区 2026年6月: the audit log has another hash"]


@pytest.mark.parametrize(
    ("model", "values", "finding"),
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
def test_verify_reports_whatever_else_of_an_accepted_return_is_rewritten(
    june, model, values, finding
):
    publish(june)
    with suspend_triggers(model):
        model.objects.update(**values)

    assert findings() == [f"东社区 2026年6月: {finding}"]


def test_verify_reports_an_accepted_return_that_is_not_published(june):
    one = publish(june)
    with suspend_triggers(PublishedMonth):
        one.delete()

    assert findings() == ["东社区 2026年6月: accepted, and nothing is published"]


def test_a_form_line_that_names_no_indicator_is_said_in_a_sentence(june):
    publish(june)
    line = june.round.form.lines.get(indicator="members_closing")
    with suspend_triggers(type(line)):
        type(line).objects.filter(pk=line.pk).update(indicator="members_closing改")

    found = list(find_misreported_months())

    assert len(found) == 1
    assert found[0].endswith("names 'members_closing改', which is no indicator")
