"""Comments on numbers of a return, in the words of pages, questions and the board."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.models import MonthlyReturn, ReturnComment

MOST = 200


def comments_by_line(row: MonthlyReturn) -> Mapping[int, Sequence[ReturnComment]]:
    """Return the comments on a return by line of its form, the first one first."""
    comments: dict[int, list[ReturnComment]] = {}
    rows = row.comments.select_related("made_by", "answered_by", "settled_by")
    for comment in rows.order_by("made_at", "pk"):
        comments.setdefault(comment.form_line_id, []).append(comment)
    return comments


def describe_open_comments(comments: Iterable[ReturnComment]) -> str:
    """Return how many comments are open, and on which numbers; "" if none is."""
    labels = [comment.label for comment in comments if comment.is_open]
    if not labels:
        return ""
    words = ngettext(
        "%(count)d open comment: %(list)s",
        "%(count)d open comments: %(list)s",
        len(labels),
    )
    listed = "、".join(dict.fromkeys(labels))
    return words % {"count": len(labels), "list": listed}


def join_answers(row: MonthlyReturn) -> str:
    """Return what was answered since the return went back, for its next submission."""
    if row.decided_at is None:
        return ""
    rows = row.comments.filter(answered_at__gte=row.decided_at)
    parts = [f"{c.label}：{c.answer}" for c in rows.select_related("form_line")]
    text = "；".join(parts)
    return text if len(text) <= MOST else text[: MOST - 1] + "…"


def describe_return_with_comments(row: MonthlyReturn) -> str:
    """Return why a return goes back where comments are open: see them."""
    listed = describe_open_comments(row.comments.select_related("form_line"))
    return _("See the comments beside the numbers (%s).") % listed if listed else ""
