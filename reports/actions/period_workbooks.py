"""Have a workbook of several months written, and keep what was written."""

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core.actions import action
from exchange.actions import queue_job, store_file
from exchange.models import Attachment, Job
from organizations.models import Organization
from reports.workbooks.orders import WorkbookOrder

WRITE_WORKBOOK = "reports.write_workbook"
KEEP_DAYS = 30


@action(label=_("Workbook of several months asked for"))
def ask_for_workbook(order: WorkbookOrder, *, by: User) -> Job:
    """Have a worker write a quarter, a year or a comparison as a workbook."""
    return queue_job(WRITE_WORKBOOK, owner=by, subject=order)


@action(label=_("Workbook of several months written"), discloses=True)
def keep_written_workbook(
    file: File, order: WorkbookOrder, *, organization: Organization, rows: int, by: User
) -> Attachment:
    """Keep the workbook for the person, and record what they take along."""
    attachment = store_file(file, organization=None, by=by, keep_days=KEEP_DAYS)
    record_access(
        organization,
        by=by,
        organization_id=organization.pk,
        details={
            "month": f"{order.first:%Y-%m}—{order.last:%Y-%m}",
            "kind": order.kind.value,
            "rows": rows,
            "sha256": attachment.sha256,
        },
    )
    return attachment
