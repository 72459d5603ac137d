"""Who may open the pages of returns, of the dashboard and of summaries."""

import datetime as dt

from organizations.roles import Role
from reports.actions import (
    comment_on_number,
    finish_request,
    open_round,
    return_for_correction,
)
from reports.models import MonthlyReturn
from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.accounts import holder
from tests.factories.burden import FeedbackFactory, SuperiorRequestFactory
from tests.factories.figures import FigureFactory
from tests.factories.reports import (
    JUNE,
    DeadlineExtensionFactory,
    FilledFormFactory,
    MappedCellFactory,
    SuperiorFormFactory,
    publish,
    submit,
)

ALL_READERS = answers(
    {
        200: "secretary clerk_elsewhere branch_secretary staff staff_elsewhere officer",
        302: "nobody",
    },
    otherwise=403,
)
EXPORTERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere officer", 302: "nobody"},
    otherwise=403,
)
LED_HOME = answers(
    {403: "member liaison accountant cashier system_admin security_admin auditor"},
    otherwise=302,
)
OWN_ORGANIZATION = answers(
    {
        200: "secretary staff officer",
        302: "nobody",
        403: "accountant cashier system_admin security_admin auditor",
    },
    otherwise=404,
)
OTHER_ORGANIZATION = answers(
    {
        200: "clerk_elsewhere staff_elsewhere officer",
        302: "nobody",
        403: "system_admin security_admin auditor",
    },
    otherwise=404,
)
OWN_RETURN = answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404)
OTHER_RETURN = answers(
    {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
)
CHECKED_HERE = answers(
    {200: "staff officer", 302: "nobody", 403: "secretary"}, otherwise=404
)
CHECKED_THERE = answers(
    {200: "staff_elsewhere officer", 302: "nobody", 403: "clerk_elsewhere"},
    otherwise=404,
)
FILED_HERE = answers(
    {200: "secretary", 302: "nobody", 403: "staff officer"}, otherwise=404
)
FILED_THERE = answers(
    {200: "clerk_elsewhere", 302: "nobody", 403: "staff_elsewhere officer"},
    otherwise=404,
)
SENT_HERE = answers({302: "nobody secretary", 403: "staff officer"}, otherwise=404)
SENT_THERE = answers(
    {302: "nobody clerk_elsewhere", 403: "staff_elsewhere officer"}, otherwise=404
)
ASKED_HERE = answers(
    {200: "staff", 302: "nobody", 403: "secretary officer"}, otherwise=404
)
ASKED_THERE = answers(
    {200: "staff_elsewhere", 302: "nobody", 403: "clerk_elsewhere officer"},
    otherwise=404,
)
SETTLED_HERE = answers({302: "nobody staff", 403: "secretary officer"}, otherwise=404)
SETTLED_THERE = answers(
    {302: "nobody staff_elsewhere", 403: "clerk_elsewhere officer"}, otherwise=404
)
OWN_ROUND = answers({200: "staff officer", 302: "nobody"}, otherwise=404)
OTHER_ROUND = answers({200: "staff_elsewhere officer", 302: "nobody"}, otherwise=404)
REMINDED_HERE = answers({302: "nobody staff", 403: "officer"}, otherwise=404)
REMINDED_THERE = answers({302: "nobody staff_elsewhere", 403: "officer"}, otherwise=404)
ACCEPTED_HERE = answers({200: "staff", 302: "nobody", 403: "officer"}, otherwise=404)
ACCEPTED_THERE = answers(
    {200: "staff_elsewhere", 302: "nobody", 403: "officer"}, otherwise=404
)
SHARED_HERE = answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404)
SHARED_THERE = answers(
    {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
)
OPENERS = answers({200: "staff staff_elsewhere", 302: "nobody"}, otherwise=403)


def rounds(world):
    """A round of June in either street."""
    return [
        [open_round(street, JUNE, by=None).pk]
        for street in (world.street, world.other_street)
    ]


def drafts(world):
    """A return of June in either community."""
    rounds(world)
    return [
        MonthlyReturn.objects.get(organization=community, month=JUNE)
        for community in (world.community, world.other_community)
    ]


def draft_args(world):
    """The address of either draft."""
    return [[row.pk] for row in drafts(world)]


def line_args(world):
    """The address of one line of either draft."""
    return [[row.pk, row.round.form.lines.all()[0].pk] for row in drafts(world)]


def submitted_args(world):
    """The address of either return, submitted."""
    return [[submit(row).pk] for row in drafts(world)]


def extension_args(world):
    """The address of an extended deadline of either draft."""
    return [[DeadlineExtensionFactory(monthly_return=row).pk] for row in drafts(world)]


def comments(world):
    """A comment of the street on a number of either return."""
    rows = [submit(row) for row in drafts(world)]
    return [
        comment_on_number(
            row,
            row.round.form.lines.all()[0],
            text="请与名册核对",
            by=holder(Role.STREET_STAFF, row.organization.parent),
        )
        for row in rows
    ]


def submitted_line_args(world):
    """The address of one line of either return, submitted."""
    rows = [submit(row) for row in drafts(world)]
    return [[row.pk, row.round.form.lines.all()[0].pk] for row in rows]


def comment_args(world):
    """The address of a comment on either return, submitted."""
    return [[comment.pk] for comment in comments(world)]


def returned_comment_args(world):
    """The address of a comment on either return, sent back by its street."""
    rows = comments(world)
    for comment in rows:
        return_for_correction(
            comment.monthly_return, reason="请看批注所提问题", by=comment.made_by
        )
    return [[comment.pk] for comment in rows]


def returned_args(world):
    """The address of either return, sent back by its street."""
    rows = [submit(row) for row in drafts(world)]
    reason = "党课次数请与签到表核对"
    staff = [holder(Role.STREET_STAFF, row.organization.parent) for row in rows]
    return [
        [return_for_correction(row, reason=reason, by=by).pk]
        for row, by in zip(rows, staff, strict=True)
    ]


def published_args(world):
    """The address of either return, accepted."""
    return [[publish(row).monthly_return_id] for row in drafts(world)]


def organizations(world):
    """The address of either community."""
    return [[world.community.pk], [world.other_community.pk]]


def months(world):
    """The address of either community's month."""
    return [[world.community.pk, JUNE], [world.other_community.pk, JUNE]]


def counted_months(world):
    """As `months`, of a month that was counted."""
    own, foreign = months(world)
    FigureFactory(organization=world.community, month=own[-1])
    return own, foreign


def cells(world):
    """The address of one number of either community, with the member behind it."""
    month = dt.date(2026, 10, 1)
    return [
        [pk, month, "members_closing"]
        for pk in (world.community.pk, world.other_community.pk)
    ]


def shares(world):
    """The address of what lacks a leader in either community."""
    return [[*args, "branches_leader"] for args in organizations(world)]


def ratio_args(world):
    """The address of one ratio of either community."""
    return [[*args, "members_women_share"] for args in months(world)]


def split_cells(world):
    """The address of one number of either community, split by age."""
    return [[*args, "age"] for args in cells(world)]


def superior_forms(world):
    """A superior's form of either street."""
    return [
        SuperiorFormFactory(organization=street)
        for street in (world.street, world.other_street)
    ]


def form_args(world):
    """The address of a superior's form of either street."""
    return [[form.pk] for form in superior_forms(world)]


def mapped_form_args(world):
    """The address of a form of either street that says what belongs into a cell."""
    return [[form_id] for form_id, *_position in cell_args(world)]


def cell_args(world):
    """The address of a cell of a superior's form of either street."""
    cells = [MappedCellFactory(form=form) for form in superior_forms(world)]
    return [[cell.form_id, *cell.position] for cell in cells]


def filled_args(world):
    """The address of a filled form of either street."""
    return [[FilledFormFactory(form=form).pk] for form in superior_forms(world)]


def requests_from_above(world):
    """A task of either community."""
    return [
        SuperiorRequestFactory(organization=place, title=title)
        for place, title in (
            (world.community, "报送困难群众台账"),
            (world.other_community, f"{CANARY}台账"),
        )
    ]


def request_args(world):
    """The address of a task of either community."""
    return [[row.pk] for row in requests_from_above(world)]


def requests_listed(world):
    """Fill the list with the tasks of either community."""
    requests_from_above(world)
    return [], []


def done_request_args(world):
    """The address of a task of either community that is done."""
    return [
        [finish_request(row, done_on=row.received_on, by=None).pk]
        for row in requests_from_above(world)
    ]


def feedback(world):
    """What somebody of either community says about the system."""
    return [
        FeedbackFactory(organization=place, text=text)
        for place, text in (
            (world.community, "名册导出后还要再填台账"),
            (world.other_community, f"{CANARY}要再填台账"),
        )
    ]


def feedback_args(world):
    """The address of the feedback of either community."""
    return [[row.pk] for row in feedback(world)]


def feedback_listed(world):
    """Fill the list with the feedback of either community."""
    feedback(world)
    return [], []


WRITERS = answers(
    {302: "nobody", 403: "system_admin security_admin auditor"}, otherwise=200
)
READ_TASK_HERE = answers({200: "secretary staff officer", 302: "nobody"}, otherwise=404)
READ_TASK_THERE = answers(
    {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
)
KEEP_TASK_HERE = answers(
    {200: "secretary staff", 302: "nobody", 403: "officer"}, otherwise=404
)
KEEP_TASK_THERE = answers(
    {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
    otherwise=404,
)
TASK_KEEPERS = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
ANSWERED_HERE = answers({200: "staff", 302: "nobody"}, otherwise=404)
ANSWERED_THERE = answers({200: "staff_elsewhere", 302: "nobody"}, otherwise=404)

ACCESS = {
    "reports:requests": Access("get", ALL_READERS, args=requests_listed),
    "reports:record_request": Access("get", TASK_KEEPERS),
    "reports:request": Access(
        "get", READ_TASK_HERE, READ_TASK_THERE, args=request_args
    ),
    "reports:finish_request": Access(
        "get", KEEP_TASK_HERE, KEEP_TASK_THERE, args=request_args
    ),
    "reports:reopen_request": Access(
        "get", KEEP_TASK_HERE, KEEP_TASK_THERE, args=done_request_args
    ),
    "reports:void_request": Access(
        "get", KEEP_TASK_HERE, KEEP_TASK_THERE, args=request_args
    ),
    "reports:burden": Access("get", LED_HOME),
    "reports:burden_of": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=organizations
    ),
    "reports:feedback": Access("get", WRITERS, args=feedback_listed),
    "reports:write_feedback": Access("get", WRITERS),
    "reports:feedback_of": Access(
        "get", ANSWERED_HERE, ANSWERED_THERE, args=feedback_args
    ),
    "reports:answer_feedback": Access(
        "get", ANSWERED_HERE, ANSWERED_THERE, args=feedback_args
    ),
    "reports:returns": Access("get", ALL_READERS),
    "reports:open_round": Access("get", OPENERS),
    "reports:round": Access("get", OWN_ROUND, OTHER_ROUND, args=rounds),
    "reports:calls": Access("get", ACCEPTED_HERE, ACCEPTED_THERE, args=rounds),
    "reports:call_paper": Access("get", ACCEPTED_HERE, ACCEPTED_THERE, args=rounds),
    "reports:remind": Access("post", REMINDED_HERE, REMINDED_THERE, args=rounds),
    "reports:accept_together": Access(
        "get", ACCEPTED_HERE, ACCEPTED_THERE, args=rounds
    ),
    "reports:return": Access("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:paper": Access("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:adjustment": Access("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:workbook": Access("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:narrative": Access("get", FILED_HERE, FILED_THERE, args=draft_args),
    "reports:answer": Access("get", FILED_HERE, FILED_THERE, args=returned_args),
    "reports:record_call": Access("get", ASKED_HERE, ASKED_THERE, args=draft_args),
    "reports:extend": Access("get", ASKED_HERE, ASKED_THERE, args=draft_args),
    "reports:void_extension": Access(
        "get", ASKED_HERE, ASKED_THERE, args=extension_args
    ),
    "reports:comment": Access("get", ASKED_HERE, ASKED_THERE, args=submitted_line_args),
    "reports:settle_comment": Access(
        "post", SETTLED_HERE, SETTLED_THERE, args=comment_args
    ),
    "reports:answer_comment": Access(
        "get", FILED_HERE, FILED_THERE, args=returned_comment_args
    ),
    "reports:line": Access("get", FILED_HERE, FILED_THERE, args=line_args),
    "reports:submit": Access("post", SENT_HERE, SENT_THERE, args=draft_args),
    "reports:withdraw": Access("post", SENT_HERE, SENT_THERE, args=submitted_args),
    "reports:send_back": Access("get", ASKED_HERE, ASKED_THERE, args=submitted_args),
    "reports:accept": Access("get", ASKED_HERE, ASKED_THERE, args=submitted_args),
    "reports:published": Access(
        "get", CHECKED_HERE, CHECKED_THERE, args=published_args
    ),
    "reports:dashboard": Access("get", LED_HOME),
    "reports:dashboard_of": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=organizations
    ),
    "reports:changes": Access("get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=months),
    "reports:questions": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=months
    ),
    "reports:coverage": Access("get", LED_HOME),
    "reports:coverage_of": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=organizations
    ),
    "reports:lacking": Access("get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=shares),
    "figures:list": Access("get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=months),
    "figures:ratios": Access("get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=months),
    "figures:ratio": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=ratio_args
    ),
    "figures:rows": Access("get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=cells),
    "figures:breakdown": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=split_cells
    ),
    "reports:summaries": Access("get", EXPORTERS),
    "reports:periods": Access("get", EXPORTERS),
    "reports:superior_forms": Access("get", EXPORTERS),
    "reports:keep_form": Access("get", OPENERS),
    "reports:superior_form": Access("get", SHARED_HERE, SHARED_THERE, args=form_args),
    "reports:fill_form": Access(
        "get", SHARED_HERE, SHARED_THERE, args=mapped_form_args
    ),
    "reports:proposals": Access("get", ASKED_HERE, ASKED_THERE, args=form_args),
    "reports:replace_form": Access("get", ASKED_HERE, ASKED_THERE, args=form_args),
    "reports:void_form": Access("get", ASKED_HERE, ASKED_THERE, args=form_args),
    "reports:map_cell": Access("get", ASKED_HERE, ASKED_THERE, args=cell_args),
    "reports:clear_cell": Access("post", SETTLED_HERE, SETTLED_THERE, args=cell_args),
    "reports:filled_form": Access("get", OWN_ROUND, OTHER_ROUND, args=filled_args),
    "reports:summary": Access(
        "get", OWN_ORGANIZATION, OTHER_ORGANIZATION, args=counted_months
    ),
}
