"""Actions on comments: ask about a number, answer, settle."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from reports.actions.locking import lock_return, refuse_wrong_state
from reports.enums import ReturnState
from reports.errors import CommentIsSettled
from reports.models import MonthlyReturn, ReturnComment, ReturnFormLine


@action(label=_("Number of a return commented on"))
def comment_on_number(
    monthly_return: MonthlyReturn, form_line: ReturnFormLine, *, text: str, by: User
) -> ReturnComment:
    """Comment on one number of a submitted return; refuse returns in another state."""
    row = lock_return(monthly_return, ReturnState.SUBMITTED)
    line = row.lines.get(form_line=form_line)
    comment = ReturnComment(
        monthly_return=row,
        form_line=form_line,
        reported=line.reported,
        text=text,
        made_by=by,
    )
    validate(comment)
    comment.save()
    audit.record(
        comment,
        by=by,
        organization_id=row.organization_id,
        after={"reported": f"{line.reported}"},
        reason=text,
    )
    return comment


@action(label=_("Comment answered"))
def answer_comment(comment: ReturnComment, *, answer: str, by: User) -> None:
    """Answer a comment while the return is with the community; "" takes it back.

    Refuses comments that the street has settled.
    """
    row = lock_return(comment.monthly_return)
    one = _lock_open_comment(comment)
    with audit.recording(one, "answer", by=by, organization_id=row.organization_id):
        one.answer = answer
        one.answered_at = timezone.now() if answer else None
        one.answered_by = by if answer else None
        validate(one)
        one.save(update_fields=["answer", "answered_at", "answered_by"])


def refuse_answer(comment: ReturnComment) -> None:
    """Refuse to answer what was settled, or while the return is with the street."""
    refuse_wrong_state(comment.monthly_return)
    if not comment.is_open:
        raise CommentIsSettled


@action(label=_("Comment settled"))
def settle_comment(comment: ReturnComment, *, by: User) -> None:
    """Settle a comment: the street has its answer. Refuses one that is settled."""
    row = lock_return(comment.monthly_return, ReturnState.SUBMITTED)
    one = _lock_open_comment(comment)
    with audit.recording(one, "settled_at", by=by, organization_id=row.organization_id):
        one.settled_at, one.settled_by = timezone.now(), by
        validate(one)
        one.save(update_fields=["settled_at", "settled_by"])


def settle_open_comments(row: MonthlyReturn, *, by: User) -> None:
    """Settle the comments that are open when a return is accepted all the same."""
    for comment in row.comments.open():
        with audit.recording(
            comment, "settled_at", by=by, organization_id=row.organization_id
        ):
            comment.settled_at, comment.settled_by = timezone.now(), by
            comment.save(update_fields=["settled_at", "settled_by"])


def _lock_open_comment(comment: ReturnComment) -> ReturnComment:
    row = ReturnComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if not row.is_open:
        raise CommentIsSettled
    return row
