"""Every table is digested, or a written reason says why not."""

import datetime as dt

import pytest
from django.apps import apps
from django.conf import settings

from accounts.actions.digests import begin_digests_after_migrate, note_before_migrate
from accounts.models import DigestEntry, Notice
from accounts.notices import notify
from accounts.proofs import find_rows_without_action
from core.db.digests import digested_models
from core.db.triggers import suspend_triggers
from exchange.actions import run_next_job, sweep_jobs
from exchange.actions.chores import note_today
from exchange.actions.jobs import ATTEMPTS, SILENCE, take_job
from exchange.enums import JobState
from exchange.import_kinds import import_kinds
from exchange.imports import commit_batch, confirm_batch, import_now, plan_batch
from exchange.job_kinds import JobKind, JobResult, job_kinds
from exchange.models import ImportRow, Job, KnownDay
from finance.models import FundUse
from finance.reference import install_reference_data
from organizations.models import Threshold
from tests.factories.accounts import UserFactory
from tests.factories.exchange import (
    AttachmentFactory,
    ImportBatchFactory,
    JobFactory,
    person,
    upload,
    workbook,
)
from tests.tampering import owner_of_the_tables

pytestmark = pytest.mark.django_db

NOT_DIGESTED = {
    "accounts.DigestEntry": "holds the digests; each entry proves itself by its key",
    "accounts.Seal": "a link of the keyed chain, which `verify` recomputes",
    "accounts.SealLine": "a link of the keyed chain, which `verify` recomputes",
    "accounts.DigestSealLine": "a link of the keyed chain, which `verify` recomputes",
    "accounts.KeyCheck": "readable with the right key alone; the start refuses others",
    "accounts.IdempotencyRecord": "each row proves itself by its key",
    "accounts.SignInLock": "strangers' guesses write them by the hundred",
    "exchange.ChoreRun": "when chores ran last; at worst one runs once more",
    "figures.Figure": "`verify` counts open months again; closed ones have digests",
    "organizations.RecountRequest": "gone once it is served",
}
"""What `verify` does not know by a digest, and why nothing is lost by that."""


def found():
    return {line.partition(":")[0] for line in find_rows_without_action()}


def test_every_table_of_ours_has_digests_or_a_written_reason():
    ours = {m for m in apps.get_models() if m._meta.app_label in settings.OUR_APPS}
    without = {model._meta.label for model in ours - {*digested_models()}}

    assert without == NOT_DIGESTED.keys()
    assert len(ours) > 2 * len(without)


@pytest.mark.both
def test_a_limit_of_money_changed_by_the_owner_of_the_tables_is_found():
    limit = Threshold.objects.get(key="street_approval")
    before = found()

    with owner_of_the_tables():
        Threshold.objects.filter(pk=limit.pk).update(value=99_999)
        after = found()

    assert (before, after) == (set(), {f"organizations.Threshold {limit.pk}"})


def test_what_is_installed_again_after_a_loss_is_no_finding_but_the_loss_is():
    lost = FundUse.objects.first()
    FundUse.objects.filter(pk=lost.pk).delete()

    install_reference_data()

    same = {"fund_kind": lost.fund_kind, "name": lost.name}
    assert FundUse.objects.filter(**same).exists()
    assert found() == {f"finance.FundUse {lost.pk}"}


def test_a_kind_of_rows_that_had_no_digests_gets_them_at_the_next_migration(east):
    known = list(DigestEntry.objects.all())
    with suspend_triggers(DigestEntry):
        for entry in known:
            if {"organizations.Threshold"} & entry.rows.keys():
                entry.delete()
    assert any(name.startswith("organizations.Threshold") for name in found())

    note_before_migrate(None, plan=[("a migration", False)])
    begin_digests_after_migrate(None)

    assert found() == set()


def test_days_and_notices_written_beside_actions_are_no_findings():
    note_today()
    user = UserFactory()
    notify(user, "您的账号已重新启用。", about=None)
    Notice.objects.update(read_at=user.made_at)

    assert found() == set()
    KnownDay.objects.update(day="2026-01-01")
    Notice.objects.update(text="无事")
    assert {name.partition(" ")[0] for name in found()} == {
        "exchange.KnownDay",
        "accounts.Notice",
    }


def test_imports_are_digested_at_every_step_and_their_rows_too(
    branch, secretary, settings, tmp_path
):
    settings.ATTACHMENT_DIR = tmp_path
    community = branch.parent
    for number, reviewer in enumerate((secretary, UserFactory()), start=1):
        rows = [person(number)]
        batch = ImportBatchFactory(rows=rows, organization=community, by=secretary)
        plan_batch(batch, by=secretary)
        confirm_batch(batch, by=reviewer)
        commit_batch(batch)  # a stranger's confirmation is taken back
    import_now(
        upload(workbook([person(3)])),
        kind=import_kinds.get("member_roster"),
        organization=community,
        by=secretary,
    )
    assert found() == set()

    ImportRow.objects.filter(batch=batch).update(label="另一人")

    keys = ImportRow.objects.filter(batch=batch).values_list("pk", flat=True)
    assert found() == {f"exchange.ImportRow {key}" for key in keys} != set()


@pytest.fixture
def kind(monkeypatch):
    """Declare a kind of work for this test; what it does is handed in."""

    def declared(run):
        monkeypatch.setitem(job_kinds._items, "test", JobKind("test", "试", run))
        return JobFactory(kind="test")

    return declared


def break_off(_job, _tell):
    raise ZeroDivisionError


@pytest.mark.both
def test_work_is_digested_whichever_way_it_goes(kind, time_machine):
    done = kind(lambda _job, tell: tell(50) or JobResult("导出完成"))
    while run_next_job():
        pass
    given_up = kind(break_off)
    while run_next_job():
        pass
    time_machine.move_to(dt.datetime(2026, 6, 3, 9, tzinfo=dt.UTC))
    silent = kind(lambda _job, _tell: JobResult())
    for _time in range(ATTEMPTS):
        take_job(silent.pk)
        time_machine.shift(SILENCE + dt.timedelta(seconds=1))
        sweep_jobs()

    states = {job.pk: job.state for job in Job.objects.all()}
    failed = JobState.FAILED
    assert states == {done.pk: JobState.DONE, given_up.pk: failed, silent.pk: failed}
    assert found() == set()


@pytest.mark.both
@pytest.mark.parametrize("column", ["file", "owner", "subject", "state", "message"])
def test_work_that_was_bound_to_something_else_is_found(kind, column):
    job = kind(lambda _job, _tell: JobResult("导出完成", file=AttachmentFactory()))
    run_next_job()
    others = {
        "file": AttachmentFactory(),
        "owner": UserFactory(),
        "subject": "999",
        "state": JobState.QUEUED,
        "message": "另有结果",
    }
    before = found()

    Job.objects.filter(pk=job.pk).update(**{column: others[column]})

    assert found() - before == {f"exchange.Job {job.pk}"}
