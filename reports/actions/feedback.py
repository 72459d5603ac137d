"""Write feedback about the system, and answer it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify
from core import audit
from core.actions import action
from core.db.constraints import validate
from organizations.models import Organization
from reports.burden_errors import FeedbackAnswered
from reports.models import Feedback


@action(label=_("Feedback written"))
def write_feedback(
    organization: Organization, *, text: str, by: User, page: str = ""
) -> Feedback:
    """Write to the street of a place what is cumbersome on a page, or missing."""
    row = Feedback(organization=organization, page=page, text=text, written_by=by)
    validate(row)
    row.save()
    audit.record(row, by=by, organization_id=organization.pk, after=audit.snapshot(row))
    return row


@action(label=_("Feedback answered"))
def answer_feedback(feedback: Feedback, *, answer: str, by: User) -> Feedback:
    """Answer feedback in words; whoever wrote it is notified."""
    rows = Feedback.objects.select_for_update(of=("self",))
    row = rows.select_related("written_by").get(pk=feedback.pk)
    refuse_answer(row)
    row.answer, row.answered_at, row.answered_by = answer, timezone.now(), by
    validate(row)
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after=audit.snapshot(row, "answer"),
    )
    notify(row.written_by, _("The street answered your feedback."), about=row)
    return row


def refuse_answer(row: Feedback) -> None:
    """Refuse to answer twice."""
    if row.answered_at is not None:
        raise FeedbackAnswered(day=timezone.localdate(row.answered_at))
