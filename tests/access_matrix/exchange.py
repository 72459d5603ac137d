"""Who may open the pages of imports, kept files and jobs."""

import datetime as dt

from django.urls import reverse

from core.web.bulk_actions import bulk_actions
from exchange.actions import ask_bulk, queue_job, save_view, store_file
from exchange.enums import BulkState, JobState
from exchange.import_kinds import import_kinds
from exchange.imports import plan_batch, upload_batch
from exchange.models import (
    BulkRun,
    ImportRow,
    Job,
    KnownDay,
    OrderedDecision,
    SavedView,
)
from tests.access_matrix.base import Access, answers
from tests.factories.exchange import JobFactory, person, upload, workbook
from tests.factories.members import MemberFactory

KEEPERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
OWN = answers({200: "secretary staff", 302: "nobody"}, otherwise=404)
FOREIGN = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody"}, otherwise=404
)
OWN_ONWARD = answers({302: "nobody secretary staff"}, otherwise=404)
FOREIGN_ONWARD = answers({302: "nobody clerk_elsewhere staff_elsewhere"}, otherwise=404)
MINE = answers({200: "secretary", 302: "nobody"}, otherwise=404)
CLERKS = answers({200: "clerk_elsewhere", 302: "nobody"}, otherwise=404)
MINE_ONWARD = answers({302: "nobody secretary"}, otherwise=404)
CLERKS_ONWARD = answers({302: "nobody clerk_elsewhere"}, otherwise=404)


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
        [store_file(upload(b"x"), organization=community, by=None).pk]
        for community in (world.community, world.other_community)
    )


def jobs(world):
    """A job with a file, of the secretary and of the other community's clerk."""
    communities = (world.community, world.other_community)
    owners = (world.people["secretary"], world.people["clerk_elsewhere"])
    made = []
    for community, owner in zip(communities, owners, strict=True):
        job = queue_job("exchange.plan_batch", owner=owner)
        file = store_file(upload(b"x"), organization=community, by=owner)
        Job.objects.filter(pk=job.pk).update(file=file)
        made.append([job.pk])
    return tuple(made)


def first_day(_world):
    """Memberships begin on a day that has come."""
    return {"starts_on": "2026-01-05"}


def category(_world):
    """The answer to what a sheet leaves open."""
    return {"type_0": "roster"}


ADMIN = answers({200: "system_admin", 302: "nobody"}, otherwise=403)
ADMIN_ONWARD = answers({302: "nobody system_admin"}, otherwise=404)


def doubted_day(_world):
    """The known day, far from the server's."""
    known, _is_new = KnownDay.objects.get_or_create(
        pk=1, defaults={"day": dt.date(2020, 1, 1)}
    )
    return [known.pk], [known.pk]


def asked_list(_world):
    """The list of imports, as a workbook."""
    return {"list": "/imports/", "kind": "xlsx"}


def worked_off(owner):
    """A job that is done."""
    job = JobFactory(owner=owner)
    job.state = JobState.DONE
    job.save()
    return job


def ordered(world):
    """A large decision of one member of staff of each street, worked out."""
    return [
        [
            OrderedDecision.objects.create(
                owner=world.people[name],
                address=reverse("organizations:dissolve", args=[branch.pk]),
                title="撤销",
                language="zh-hans",
                job=worked_off(world.people[name]),
                shown={"months": [], "moving": []},
            ).pk
        ]
        for name, branch in (
            ("staff", world.branch),
            ("staff_elsewhere", world.other_branch),
        )
    ]


STAFF = answers({200: "staff", 302: "nobody"}, otherwise=404)
STAFF_ELSEWHERE = answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404)
STAFF_ONWARD = answers({302: "nobody staff"}, otherwise=404)
STAFF_ELSEWHERE_ONWARD = answers({302: "nobody staff_elsewhere"}, otherwise=404)

# A list leaves for whoever may open it; to others it is none.
SEES_MEMBERS = "branch_secretary"
LISTED = answers(
    {302: "nobody secretary clerk_elsewhere staff staff_elsewhere"}, otherwise=404
)


def named_list(_world):
    """The list of imports under a name."""
    return {"list": "/imports/", "name": "全部导入"}


ANYBODY_IN = answers({302: "nobody"}, otherwise=200)


LATER = "/imports/?state=planned"


def chosen(_world):
    """The list of imports, with one of its columns."""
    return {"list": "/imports/", "columns": "kind"}


def saved(world):
    """A saved filter of a secretary, and one of a clerk elsewhere."""
    return [[_saved(world, name)] for name in ("secretary", "clerk_elsewhere")]


def _saved(world, person):
    """The key of a filter that the person saved, once for all rows of the matrix."""
    owner = world.people[person]
    rows = SavedView.objects.named().filter(owner=owner)
    return (
        rows.first() or save_view("exchange:list", LATER, name="待确认的", by=owner)
    ).pk


def for_all(_world):
    """Something to be done to all members of the list."""
    asked = {"list": "/members/", "action": "members.category", "which": "all"}
    return {**asked, "category": "retired"}


def bulk_runs(world):
    """An action on a member of each community, shown and not confirmed yet."""
    pairs = (("secretary", "branch"), ("clerk_elsewhere", "other_branch"))
    return [[_bulk_run(world, *pair)] for pair in pairs]


def refused_bulk_runs(world):
    """An action on a member of each community that a worker could not look through."""
    runs = BulkRun.objects.filter(pk__in=[pk for [pk] in bulk_runs(world)])
    for run in runs:
        job = queue_job("exchange.try_bulk", owner=run.owner, subject=run.pk)
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, message="未办成。")
        runs.filter(pk=run.pk).update(state=BulkState.ASKED, job=job)
    return [[run.pk] for run in runs.order_by("pk")]


def _bulk_run(world, person, place):
    """The key of what the person would do, once for all rows of the matrix."""
    owner = world.people[person]
    rows = BulkRun.objects.filter(owner=owner)
    if (run := rows.first()) is not None:
        return run.pk
    member = MemberFactory(organization=getattr(world, place))
    kind = bulk_actions.get("members.category")
    typed = {"category": ["retired"]}
    return ask_bulk(kind, "/members/", [member.pk], typed, by=owner).pk


MANY = answers(
    {302: "nobody secretary clerk_elsewhere staff staff_elsewhere", 403: SEES_MEMBERS},
    otherwise=404,
)

ACCESS = {
    "exchange:bulk": Access("post", MANY, data=for_all),
    "exchange:bulk_run": Access("get", MINE, CLERKS, args=bulk_runs),
    "exchange:confirm_bulk": Access("post", MINE_ONWARD, CLERKS_ONWARD, args=bulk_runs),
    "exchange:bulk_again": Access(
        "post", MINE_ONWARD, CLERKS_ONWARD, args=refused_bulk_runs
    ),
    "exchange:choose_columns": Access("post", LISTED, data=chosen),
    "exchange:saved_views": Access("get", ANYBODY_IN),
    "exchange:save_view": Access("post", LISTED, data=named_list),
    "exchange:change_view": Access("get", MINE, CLERKS, args=saved),
    "exchange:delete_view": Access("get", MINE, CLERKS, args=saved),
    "exchange:decision": Access("get", STAFF, STAFF_ELSEWHERE, args=ordered),
    "exchange:decision_progress": Access(
        "get", STAFF_ONWARD, STAFF_ELSEWHERE_ONWARD, args=ordered
    ),
    "exchange:look_again": Access(
        "post", STAFF_ONWARD, STAFF_ELSEWHERE_ONWARD, args=ordered
    ),
    "exchange:confirm_decision": Access(
        "post", STAFF_ONWARD, STAFF_ELSEWHERE_ONWARD, args=ordered
    ),
    "exchange:drop_decision": Access(
        "post", STAFF_ONWARD, STAFF_ELSEWHERE_ONWARD, args=ordered
    ),
    "exchange:export": Access("post", LISTED, data=asked_list),
    "exchange:list": Access("get", KEEPERS),
    "exchange:upload": Access("get", KEEPERS),
    "exchange:file": Access("get", OWN, FOREIGN, args=files),
    "exchange:batch": Access("get", OWN, FOREIGN, args=batches),
    "exchange:refused": Access("get", OWN, FOREIGN, args=half_refused),
    "exchange:progress": Access("get", OWN_ONWARD, FOREIGN_ONWARD, args=batches),
    "exchange:answer": Access(
        "post", OWN_ONWARD, FOREIGN_ONWARD, args=batches, data=category
    ),
    "exchange:confirm": Access(
        "post", OWN_ONWARD, FOREIGN_ONWARD, args=batches, data=first_day
    ),
    "exchange:discard": Access("post", OWN_ONWARD, FOREIGN_ONWARD, args=batches),
    "exchange:running": Access("get", ADMIN),
    "exchange:confirm_today": Access("post", ADMIN_ONWARD, args=doubted_day),
    "exchange:job": Access("get", MINE, CLERKS, args=jobs),
    "exchange:job_progress": Access("get", MINE_ONWARD, CLERKS_ONWARD, args=jobs),
    "exchange:job_file": Access("get", MINE, CLERKS, args=jobs),
}
