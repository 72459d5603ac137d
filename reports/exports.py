"""Write workbooks of several months: the work of a job."""

from io import BytesIO

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.db.locks import one_snapshot
from core.months import today
from exchange.errors import NoLongerPermitted
from exchange.job_kinds import JobResult, Progress, may_sign_in
from exchange.models import Job
from organizations.models import Organization
from reports.actions.period_workbooks import keep_written_workbook
from reports.errors import NothingCounted
from reports.permissions import can_export
from reports.workbooks.comparison_workbook import write_comparison
from reports.workbooks.orders import WorkbookOrder, group_at
from reports.workbooks.period_parts import title_of
from reports.workbooks.period_workbook import write_period
from reports.workbooks.periods import PeriodKind, PeriodSummary, read_period
from reports.workbooks.topic_values import read_topic_period
from reports.workbooks.topic_workbook import title_of_topic, write_topic
from reports.workbooks.topics import topics

READ_PERCENT = 90
"""Nearly all of the work is reading the months."""


def write_months(job: Job, progress: Progress) -> JobResult:
    """Read the months and write the workbook that somebody asked for."""
    order, owner = WorkbookOrder.parse(job.subject), _owner(job)
    organization = Organization.objects.get(pk=order.organization_id)

    def report(done: int, months: int) -> None:
        progress(done * READ_PERCENT // max(months, 1))

    if order.topic:
        return write_on_topic(order, organization, owner, progress)
    with translation.override(order.language):
        with one_snapshot():
            period = read_period(organization, order.period, report)
        if period is None:
            raise NothingCounted(place=organization, period=order.period.label)
        body = _write(period, order, owner)
        rows = len(period.rows)
        attachment = keep_written_workbook(
            File(BytesIO(body), _name(period, order)),
            order,
            organization=organization,
            rows=rows,
            by=owner,
        )
        words = _("%(title)s: %(rows)s communities, SHA-256 %(sha256)s")
        values = {"title": _title(period, order), "rows": rows}
        message = words % {**values, "sha256": attachment.sha256}
    return JobResult(message, attachment, rows)


def write_on_topic(
    order: WorkbookOrder, organization: Organization, owner: User, progress: Progress
) -> JobResult:
    """Read the numbers of a topic and write its workbook."""
    topic = topics.get(order.topic)
    with translation.override(order.language):
        with one_snapshot():
            over = read_topic_period(organization, order.period)
            if over is None:
                raise NothingCounted(place=organization, period=order.period.label)
            progress(READ_PERCENT // 2)
            body, rows = write_topic(
                topic, over, reader=owner, compiled_by=str(owner), on=today()
            )
        title = title_of_topic(topic, over)
        attachment = keep_written_workbook(
            File(BytesIO(body), f"{title}.xlsx"),
            order,
            organization=organization,
            rows=rows,
            by=owner,
        )
        words = _("%(title)s: %(rows)s rows, SHA-256 %(sha256)s")
        values = {"title": title, "rows": rows, "sha256": attachment.sha256}
    return JobResult(words % values, attachment, rows)


def may_have_workbook(job: Job) -> bool:
    """Whether the job's owner still may take the numbers of the place along."""
    order = WorkbookOrder.parse(job.subject)
    organization = Organization.objects.get(pk=order.organization_id)
    return may_sign_in(job) and can_export(_owner(job), organization)


def _owner(job: Job) -> User:
    if job.owner is None:
        raise NoLongerPermitted
    owner: User = job.owner
    return owner


def _write(period: PeriodSummary, order: WorkbookOrder, owner: User) -> bytes:
    if order.kind == PeriodKind.COMPARISON:
        return write_comparison(
            period, group=group_at(order.group), compiled_by=str(owner), on=today()
        )
    return write_period(period, compiled_by=str(owner), on=today())


def _title(period: PeriodSummary, order: WorkbookOrder) -> str:
    if order.kind != PeriodKind.COMPARISON:
        return title_of(period)
    place, label = period.organization.name, period.period.label
    words = _("%(place)s: %(group)s compared (%(months)s)")
    group = group_at(order.group)
    return words % {"place": place, "group": group, "months": label}


def _name(period: PeriodSummary, order: WorkbookOrder) -> str:
    return f"{_title(period, order)}.xlsx"
