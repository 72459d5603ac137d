"""Record downloads of summaries."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core.actions import action
from organizations.models import Organization


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
