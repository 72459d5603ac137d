"""The steps of an import: uploaded, planned, confirmed, entered or discarded."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry
from core.months import today
from exchange.actions import erase_file, run_next_job
from exchange.enums import BatchState, JobState, Verdict
from exchange.errors import (
    NoLongerPermitted,
    NothingToEnter,
    NotWaiting,
    PlanChanged,
    StartsInFuture,
)
from exchange.import_kinds import import_kinds
from exchange.imports import (
    commit_batch,
    confirm_batch,
    discard_batch,
    import_now,
    plan_batch,
)
from exchange.invariants import find_miscounted_imports
from exchange.models import ImportBatch, ImportRow
from exchange.todos import previews_waiting
from members.actions import admit_members
from members.enums import StartReason
from members.errors import AlreadyRecorded
from members.models import Affiliation, Member
from sheets.read.errors import WebPage
from tests.factories.exchange import ImportBatchFactory, person, upload, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.messages import refusal_of, says

ROSTER = import_kinds.get("member_roster")
pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(east, branch, secretary):
    """A roster of three for 东社区, one of them refused, that waits to be read."""
    rows = [person(1), person(2), person(3, 性别="女")]
    return ImportBatchFactory(rows=rows, organization=east, by=secretary)


@pytest.fixture
def planned(batch, secretary):
    """The same, read and shown."""
    return plan_batch(batch, by=secretary)


def work():
    """Let a worker run all waiting jobs."""
    while run_next_job():
        pass


def entered():
    """Return how many members there are, and how many count somewhere."""
    return Member.objects.count(), Affiliation.objects.count()


def test_a_plan_states_the_outcome_of_each_row_and_writes_nothing(batch, secretary):
    plan_batch(batch, by=secretary)

    batch.refresh_from_db()
    assert (batch.state, batch.would_write) == (BatchState.PLANNED, 2)
    left = {"update": 0, "unchanged": 0, "ignore": 0}
    assert batch.counts == {"create": 2, "refuse": 1, **left}
    verdicts = batch.rows.in_sheet_order().values_list("excel_row", "verdict")
    assert list(verdicts) == [
        (2, Verdict.CREATE),
        (3, Verdict.CREATE),
        (4, Verdict.REFUSE),
    ]
    assert entered() == (0, 0)


def test_the_stored_values_of_a_row_are_masked(planned):
    row = planned.rows.get(excel_row=4)

    assert identity_number(3) not in f"{row.label}{row.message}{row.changes}"
    assert row.label.endswith(f"****{identity_number(3)[-4:]}")


def test_a_confirmed_plan_is_entered_completely(planned, secretary, branch):
    confirm_batch(planned, by=secretary, starts_on=dt.date(2026, 6, 3))
    work()

    planned.refresh_from_db()
    assert (planned.state, planned.confirmed_by) == (BatchState.COMMITTED, secretary)
    starts = Affiliation.objects.values_list(
        "organization", "starts_on", "start_reason"
    )
    assert list(starts) == [(branch.pk, dt.date(2026, 6, 3), StartReason.RECORDED)] * 2


def test_each_action_leaves_one_audit_entry(planned, secretary):
    confirm_batch(planned, by=secretary)
    work()

    keys = AuditEntry.objects.about(planned).values_list("action", flat=True)
    assert list(keys) == [
        "exchange.enter_rows",
        "exchange.confirm_batch",
        "exchange.record_plan",
        "exchange.upload_batch",
    ]


def test_a_plan_is_entered_only_once(planned, secretary):
    confirm_batch(planned, by=secretary)
    work()

    commit_batch(planned)

    assert entered() == (2, 2)


def test_a_second_confirmation_is_refused(planned, secretary):
    confirm_batch(planned, by=secretary)

    with pytest.raises(NotWaiting, match="已确认"):
        confirm_batch(planned, by=secretary)


def test_a_plan_that_would_change_nothing_cannot_be_confirmed(east, branch, secretary):
    batch = ImportBatchFactory(
        rows=[person(1, 姓名=None)], organization=east, by=secretary
    )
    plan_batch(batch, by=secretary)

    batch.refresh_from_db()
    assert batch.state == BatchState.NOTHING
    with pytest.raises(NothingToEnter):
        confirm_batch(batch, by=secretary)


def test_a_sheet_with_nothing_to_enter_waits_for_nobody(east, branch, secretary):
    import_now(
        upload(workbook([person(1)])), kind=ROSTER, organization=east, by=secretary
    )
    batch = ImportBatchFactory(rows=[person(1)], organization=east, by=secretary)

    batch = plan_batch(batch, by=secretary)

    assert (batch.state, batch.counts["unchanged"]) == (BatchState.NOTHING, 1)
    assert list(previews_waiting(secretary, today())) == []
    assert list(find_miscounted_imports()) == []


def test_a_sheet_that_nobody_reads_is_refused(batch):
    refused = plan_batch(batch, by=None)

    assert (refused.state, refused.message) == (
        BatchState.REFUSED,
        str(NoLongerPermitted()),
    )


def test_membership_does_not_begin_on_a_future_day(planned, secretary):
    with pytest.raises(StartsInFuture):
        confirm_batch(planned, by=secretary, starts_on=dt.date(2999, 1, 1))


def test_if_records_change_after_the_preview_nothing_is_entered_and_it_is_shown_anew(
    planned, secretary, branch
):
    confirm_batch(planned, by=secretary)
    MemberFactory(id_number=identity_number(1), organization=branch, name="张一")

    work()

    planned.refresh_from_db()
    assert (planned.state, planned.confirmed_at) == (BatchState.PLANNED, None)
    assert says(planned.message, refusal_of(PlanChanged))
    assert planned.counts["create"] == 1
    assert entered() == (1, 1)


def test_the_new_preview_can_be_confirmed_in_its_turn(planned, secretary, branch):
    confirm_batch(planned, by=secretary)
    MemberFactory(id_number=identity_number(1), organization=branch, name="张一")
    work()

    confirm_batch(planned, by=secretary)
    work()

    planned.refresh_from_db()
    assert (planned.state, planned.message) == (BatchState.COMMITTED, "")
    assert Member.objects.count() == 2


def test_the_same_file_again_changes_nothing(east, branch, secretary):
    rows = [person(1), person(2)]
    for _time in range(2):
        outcome = import_now(
            upload(workbook(rows)),
            kind=ROSTER,
            organization=east,
            by=secretary,
        )

    assert outcome.counts()["unchanged"] == 2
    assert entered() == (2, 2)


def test_a_refusal_while_entering_leaves_nothing_half_entered(
    planned, secretary, branch, monkeypatch
):
    def late(admissions, *, by):
        admit_members(admissions[:1], by=by)
        raise AlreadyRecorded

    monkeypatch.setattr("members.roster.admitting.admit_members", late)
    confirm_batch(planned, by=secretary)

    commit_batch(planned)

    planned.refresh_from_db()
    assert planned.state == BatchState.PLANNED
    assert says(planned.message, refusal_of(AlreadyRecorded))
    assert entered() == (0, 0)


def test_an_abandoned_import_can_be_confirmed_again(planned, secretary, monkeypatch):
    def break_off(*_args, **_kwargs):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(ROSTER, "commit", break_off)
        confirm_batch(planned, by=secretary)
        work()
    planned.refresh_from_db()
    assert (planned.state, planned.job.is_failed) == (BatchState.CONFIRMED, True)

    confirm_batch(planned, by=secretary)
    work()

    planned.refresh_from_db()
    assert planned.state == BatchState.COMMITTED
    assert entered() == (2, 2)


def test_an_unreadable_file_is_refused_in_words_and_noted(east, secretary):
    batch = ImportBatchFactory(rows=b"<html></html>", organization=east, by=secretary)

    work()

    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert says(batch.message, refusal_of(WebPage))
    assert batch.job.state == JobState.DONE
    entry = AuditEntry.objects.about(batch)[0]
    assert entry.action == "exchange.refuse_batch"


def test_a_refused_file_without_preview_leaves_its_refused_batch(east, secretary):
    with pytest.raises(WebPage):
        import_now(
            upload(b"<html></html>"),
            kind=ROSTER,
            organization=east,
            by=secretary,
        )

    assert ImportBatch.objects.get().state == BatchState.REFUSED


def test_a_discarded_sheet_is_erased_at_once(
    planned, secretary, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        discard_batch(planned, by=secretary)

    planned.refresh_from_db()
    assert planned.state == BatchState.DISCARDED
    assert planned.file.path.exists() is False
    assert planned.rows.count() == 0


def test_a_confirmed_sheet_is_not_discarded(planned, secretary):
    confirm_batch(planned, by=secretary)

    with pytest.raises(NotWaiting):
        discard_batch(planned, by=secretary)


def test_a_discarded_sheet_is_not_read_any_more(batch, secretary):
    discard_batch(batch, by=secretary)

    work()

    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (BatchState.DISCARDED, 0)


def test_a_sheet_whose_file_was_erased_is_refused(planned, secretary):
    confirm_batch(planned, by=secretary)
    erase_file(planned.file)

    work()

    planned.refresh_from_db()
    assert planned.state == BatchState.REFUSED
    assert "已被清除" in planned.message
    assert entered() == (0, 0)


def test_a_role_that_ended_after_confirming_enters_nobody(planned, secretary):
    confirm_batch(planned, by=secretary)
    secretary.role_assignments.update(ends_on=dt.date(2020, 1, 1))

    work()

    assert entered() == (0, 0)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": BatchState.COMMITTED}, "importbatch_entered_only_when_confirmed"),
        ({"state": BatchState.REFUSED}, "importbatch_refused_says_why"),
        ({"confirmed_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "confirmed_by"),
    ],
)
def test_the_database_enforces_the_rules_of_a_batch(batch, values, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk).update(**values)


def test_the_database_accepts_a_row_s_position_once(planned):
    row = planned.rows.in_sheet_order()[0]

    with pytest.raises(IntegrityError, match="importrow"), transaction.atomic():
        ImportRow.objects.create(
            batch=planned, position=row.position, excel_row=9, verdict="create"
        )
