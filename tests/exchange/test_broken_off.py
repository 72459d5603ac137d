"""Work that breaks off anywhere, and is done anew, comes to what one clean run does.

A worker dies at a statement of the database: what the running transaction wrote is
gone, what was committed stays, and the sweep gives the job to another worker. Thirty
statements of each kind of work are drawn with a fixed seed (row 56).
"""

import random

import pytest
from django.apps import apps
from django.conf import settings as project
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.months import today
from core.web.bulk_actions import bulk_actions
from exchange.actions import (
    ask_bulk,
    confirm_bulk,
    run_job,
    run_next_job,
    sweep_jobs,
)
from exchange.actions.bulk import DO_BULK, TRY_BULK
from exchange.actions.exports import WRITE_LIST
from exchange.actions.jobs import SILENCE
from exchange.actions.ordered_decisions import CARRY_OUT_DECISION, LOOK_AT_DECISION
from exchange.enums import JobState
from exchange.imports import confirm_batch
from exchange.imports.decisions import COMMIT
from exchange.imports.upload import PLAN
from exchange.job_kinds import job_kinds
from exchange.models import BulkRun, ImportBatch, Job, OrderedDecision
from members.actions.duplicates import SCAN, queue_scan
from members.models import Affiliation
from organizations.roles import Role
from reports.hooks import FILL_FORM, WRITE_WORKBOOK
from tests.exchange.test_large_decisions import ordered, press
from tests.factories.accounts import holder
from tests.factories.exchange import ImportBatchFactory, person
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.test_access_matrix import signed_in

pytestmark = pytest.mark.django_db
POINTS = 30
# Steps of the work itself, and what says at which moment they were taken.
OF_THE_WORK = {"exchange.Job", "accounts.DigestEntry"}


def plan(east, secretary):
    ImportBatchFactory(
        organization=east, by=secretary, rows=[person(n) for n in range(4)]
    )


def commit(east, secretary):
    plan(east, secretary)
    run_next_job()
    confirm_batch(ImportBatch.objects.get(), by=secretary)


def scan(east, secretary):
    branch = east.children.first()
    MemberFactory.create_batch(2, organization=branch, name="李明", phone="13900001234")
    queue_scan()


def try_many(east, secretary):
    """Have somebody's members moved to another branch, shown first."""
    branch, target = BranchFactory.create_batch(2, parent=east)
    rows = MemberFactory.create_batch(3, organization=branch)
    ask_bulk(
        bulk_actions.get("members.move"),
        reverse("members:list"),
        [row.pk for row in rows],
        {"organization": [f"{target.pk}"], "on": [f"{today()}"]},
        by=secretary,
    )


def do_many(east, secretary):
    try_many(east, secretary)
    run_next_job()
    confirm_bulk(BulkRun.objects.get(), by=secretary)


def look_at_decision(east, _secretary):
    """Have a branch of three dissolved into another, shown first."""
    branch, target = BranchFactory.create_batch(2, parent=east)
    MemberFactory.create_batch(3, organization=branch)
    desk = signed_in(holder(Role.STREET_STAFF, east.parent))
    return desk, ordered(desk, branch, target)


def carry_out_decision(east, secretary):
    desk, page = look_at_decision(east, secretary)
    run_next_job()
    press(desk, page, "carry-out/")


KINDS = {
    PLAN: plan,
    COMMIT: commit,
    SCAN: scan,
    TRY_BULK: try_many,
    DO_BULK: do_many,
    LOOK_AT_DECISION: look_at_decision,
    CARRY_OUT_DECISION: carry_out_decision,
}
WRITES_A_FILE = {
    WRITE_LIST: "reads alone, and writes one file that nobody has before the job ends",
    FILL_FORM: "reads alone, and writes one file that nobody has before the job ends",
    WRITE_WORKBOOK: "reads, and writes one file that nobody has before the job ends",
}


class Killed(BaseException):
    """Nothing catches it, as nothing catches the end of a process."""


class Death:
    """Lets so many statements of the work through, and counts them."""

    def __init__(self, point=None):
        self.point, self.count = point, 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count == self.point:
            raise Killed
        return execute(sql, params, many, context)


def rows_now() -> dict[str, int]:
    """How many rows each table of ours has, and the columns that the work decides."""
    ours = [m for m in apps.get_models() if m._meta.app_label in project.OUR_APPS]
    counts = {
        model._meta.label: model._base_manager.count()
        for model in ours
        if model._meta.label not in OF_THE_WORK
    }
    batches = ImportBatch.objects.order_by("pk")
    counts["batches"] = list(batches.values_list("state", "plan_digest", "counts"))
    runs = BulkRun.objects.order_by("pk")
    counts["runs"] = list(runs.values_list("state", "digest"))
    counts["orders"] = [
        (o.token, o.result, o.is_open) for o in OrderedDecision.objects.all()
    ]
    homes = Affiliation.objects.filter(ends_on=None).order_by("member")
    counts["homes"] = list(homes.values_list("member", "organization"))
    counts["job"] = list(Job.objects.order_by("-pk").values_list("state", "row_count"))
    return counts


def differences(clean, came_to) -> dict[str, tuple[object, object]]:
    """What one run came to and the other did not."""
    return {
        name: (clean[name], came_to[name])
        for name in clean
        if clean[name] != came_to[name]
    }


def outcome(job, point=None) -> tuple[dict[str, int], int]:
    """What the work comes to where its worker dies at a statement; rolled back."""
    death = Death(point)
    with transaction.atomic():
        try:
            with connection.execute_wrapper(death):
                run_job(job.pk)
        except Killed:
            past = timezone.now() - 2 * SILENCE
            Job.objects.filter(state=JobState.RUNNING).update(heartbeat=past)
            sweep_jobs()
            run_next_job()
        came_to = rows_now()
        transaction.set_rollback(True)
    return came_to, death.count


def test_every_kind_of_work_is_here_or_writes_nothing_but_a_file():
    assert {*KINDS, *WRITES_A_FILE} == {kind.key for kind in job_kinds}


@pytest.mark.slow
@pytest.mark.both
@pytest.mark.parametrize("kind", KINDS)
def test_work_killed_at_any_statement_comes_to_the_same(
    kind, east, branch, secretary, settings, tmp_path, monkeypatch
):
    settings.ATTACHMENT_DIR = tmp_path
    monkeypatch.setattr("organizations.views.deciding.LARGE", 2)
    monkeypatch.setattr("exchange.actions.bulk.IMMEDIATE_ROWS", 2)
    KINDS[kind](east, secretary)
    job = Job.objects.get(kind=kind)
    clean, statements = outcome(job)
    assert clean["job"][0][0] == JobState.DONE
    drawn = random.Random(56).sample(range(1, statements + 1), min(POINTS, statements))

    other = {n: differences(clean, outcome(job, n)[0]) for n in drawn}

    assert {n: found for n, found in other.items() if found} == {}
