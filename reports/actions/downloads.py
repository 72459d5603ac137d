"""Record downloads of returns and summaries."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core.actions import action
from organizations.models import Organization
from reports.models import MonthlyReturn


@action(label=_("Summary downloaded"), discloses=True)
def record_summary_download(
    organization: Organization, month: dt.date, *, rows: int, by: User
) -> None:
    """Record who downloaded the summary of a month, and how many rows it had."""
    record_access(
        organization,
        by=by,
        organization_id=organization.pk,
        details={"month": f"{month:%Y-%m}", "rows": rows},
    )


@action(label=_("Return downloaded"), discloses=True)
def record_return_download(monthly_return: MonthlyReturn, *, by: User) -> None:
    """Record who downloaded a return as a workbook, and in which state it was."""
    record_access(
        monthly_return,
        by=by,
        organization_id=monthly_return.organization_id,
        details={"state": monthly_return.state},
    )
