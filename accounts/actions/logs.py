"""Taking a part of a log along, which is recorded like any other disclosure."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from accounts.actions.audit import record_access
from accounts.models import User
from accounts.models.audit import Entry
from core.actions import action


@action(label=_("Log exported"), discloses=True)
def record_log_export(
    log: type[Entry], *, rows: int, criteria: Mapping[str, str], by: User
) -> None:
    """Record who exported a log, how many entries, and what they had asked for."""
    record_access(log, by=by, details={"rows": rows, "criteria": dict(criteria)})
