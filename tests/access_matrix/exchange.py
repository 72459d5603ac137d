"""Doors of imports, kept files and jobs."""

from exchange.actions import keep_file, queue_job
from exchange.import_kinds import import_kinds
from exchange.imports import plan_batch, upload_batch
from exchange.models import ImportRow, Job
from tests.access_matrix.base import Door
from tests.factories.exchange import person, upload, workbook

# nobody, member, liaison, secretary, clerk_elsewhere, branch_secretary, staff,
# staff_elsewhere, accountant, cashier, officer, system, security, auditor
KEEPERS = [302, 403, 403, 200, 200, 403, 200, 200, 403, 403, 403, 403, 403, 403]
OWN = [302, 404, 404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404]
FOREIGN = [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 404, 404, 404, 404]
OWN_ONWARD = [302, 404, 404, 302, 404, 404, 302, 404, 404, 404, 404, 404, 404, 404]
FOREIGN_ONWARD = [302, 404, 404, 404, 302, 404, 404, 302, 404, 404, 404, 404, 404, 404]
MINE = [302, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404]
CLERKS = [302, 404, 404, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404]
MINE_ONWARD = [302 if answer == 200 else answer for answer in MINE]
CLERKS_ONWARD = [302 if answer == 200 else answer for answer in CLERKS]


def batches(world):
    """A roster of each community, read and shown."""
    return (
        [batch(world.community, world.branch, world.people["secretary"], 901)],
        [
            batch(
                world.other_community,
                world.other_branch,
                world.people["clerk_elsewhere"],
                902,
            )
        ],
    )


def batch(community, branch, keeper, number):
    """Return the key of a planned import of one person."""
    made = upload_batch(
        upload(workbook([person(number, branch=branch.name)])),
        kind=import_kinds.get("member_roster"),
        organization=community,
        by=keeper,
    )
    return plan_batch(made, by=keeper).pk


def half_refused(world):
    """A planned import of each community with one row that is refused."""
    made = batches(world)
    for (pk,) in made:
        ImportRow.objects.filter(batch=pk).update(verdict="refuse", message="缺姓名")
    return made


def files(world):
    """A file of each community."""
    return tuple(
        [keep_file(upload(b"x"), organization=community, by=None).pk]
        for community in (world.community, world.other_community)
    )


def jobs(world):
    """A job with a file, of the secretary and of the other community's clerk."""
    places = (world.community, world.other_community)
    owners = (world.people["secretary"], world.people["clerk_elsewhere"])
    made = []
    for community, owner in zip(places, owners, strict=True):
        job = queue_job("exchange.plan_batch", owner=owner)
        file = keep_file(upload(b"x"), organization=community, by=owner)
        Job.objects.filter(pk=job.pk).update(file=file)
        made.append([job.pk])
    return tuple(made)


def first_day(_world):
    """Memberships begin on a day that has come."""
    return {"starts_on": "2026-01-05"}


DOORS = {
    "exchange:list": Door("get", KEEPERS),
    "exchange:upload": Door("get", KEEPERS),
    "exchange:file": Door("get", OWN, FOREIGN, args=files),
    "exchange:batch": Door("get", OWN, FOREIGN, args=batches),
    "exchange:refused": Door("get", OWN, FOREIGN, args=half_refused),
    "exchange:progress": Door("get", OWN_ONWARD, FOREIGN_ONWARD, args=batches),
    "exchange:confirm": Door(
        "post", OWN_ONWARD, FOREIGN_ONWARD, args=batches, data=first_day
    ),
    "exchange:discard": Door("post", OWN_ONWARD, FOREIGN_ONWARD, args=batches),
    "exchange:job": Door("get", MINE, CLERKS, args=jobs),
    "exchange:job_progress": Door("get", MINE_ONWARD, CLERKS_ONWARD, args=jobs),
    "exchange:job_file": Door("get", MINE, CLERKS, args=jobs),
}
