"""Record downloads of accounts."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core.actions import action
from finance.models import Fund


@action(label=_("Account downloaded"), discloses=True)
def record_account_download(
    fund: Fund, *, since: dt.date, until: dt.date, by: User
) -> None:
    """Record who downloaded a fund's account, and over which days."""
    record_access(
        fund,
        by=by,
        organization_id=fund.organization_id,
        details={"since": f"{since}", "until": f"{until}"},
    )
