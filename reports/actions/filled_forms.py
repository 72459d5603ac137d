"""Have a superior's form filled, and keep what came of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core import audit
from core.actions import action
from core.dates import format_month
from core.months import month_of, today
from exchange.actions import queue_job, store_file
from exchange.models import Attachment
from organizations.models import Organization
from reports.actions.superior_forms import lock_form
from reports.errors import MonthNotBegun, NothingMapped, OutsideOfForm
from reports.models import FilledForm, SuperiorForm

FILL_FORM = "reports.fill_form"
KEEP_DAYS = 30
"""So long the filled workbook is there; it can be filled again at any time."""


@action(label=_("Superior's form asked for"))
def ask_for_filled_form(
    form: SuperiorForm, *, organization: Organization, month: dt.date, by: User
) -> FilledForm:
    """Have a worker fill a form for a place and month.

    Refuses places outside the street that keeps the form, months that have not begun,
    forms that were taken out, and those into whose cells nothing belongs yet.
    """
    form = lock_form(form)
    if not organization.path.startswith(form.organization.path):
        raise OutsideOfForm(place=organization, street=form.organization)
    if month > month_of(today()):
        raise MonthNotBegun(month=format_month(month))
    if not form.cells.exists():
        raise NothingMapped
    job = queue_job(FILL_FORM, owner=by)
    filled = FilledForm.objects.create(
        form=form,
        organization=organization,
        month=month,
        language=translation.get_language() or "",
        asked_by=by,
        job=job,
    )
    job.subject = str(filled.pk)
    job.save(update_fields=["subject"])
    asked = audit.snapshot(filled, "form", "organization", "month")
    audit.record(filled, by=by, organization_id=organization.pk, after=asked)
    return filled


@action(label=_("Superior's form filled"), discloses=True)
def keep_filled_form(
    filled: FilledForm, file: File, results: Sequence[dict[str, Any]]
) -> Attachment:
    """Keep the filled workbook and what came of each cell; record who gets it."""
    attachment = store_file(
        file, organization=None, by=filled.asked_by, keep_days=KEEP_DAYS
    )
    filled.filled_at = timezone.now()
    filled.sha256 = attachment.sha256
    filled.results = list(results)
    filled.save(update_fields=["filled_at", "sha256", "results"])
    record_access(
        filled,
        by=filled.asked_by,
        organization_id=filled.organization_id,
        details={
            "title": filled.form.title,
            "month": f"{filled.month:%Y-%m}",
            "sha256": attachment.sha256,
        },
    )
    return attachment
