"""What a street looks at in the returns of a round before it accepts them."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.actors import Actor
from core.dates import format_month
from reports.enums import ReturnState
from reports.models import MonthlyReturn, ReturnLine, ReturnRound
from reports.returns.acceptance import first_open_months, is_own_return
from reports.returns.balance import ADJUSTMENT, CLOSING
from reports.returns.changed_records import find_with_record_changes
from reports.returns.comments import describe_open_comments
from reports.returns.plausibility import RecentMonths, find_oddity, recent_months_of
from reports.returns.printing import describe_oddity, format_line


@dataclass(frozen=True, slots=True)
class ReviewedReturn:
    """One return of a round: where it is, and what there is to look at, in words.

    `begun` says whether somebody wrote in it. `headline` is how many members it
    reports. `impossible` says why it cannot be accepted now; "" where it can.
    """

    row: MonthlyReturn
    begun: bool
    headline: str
    marks: list[str]
    impossible: str

    @property
    def is_clean(self) -> bool:
        """Whether it can be accepted and there is nothing to look at."""
        waits = self.row.state == ReturnState.SUBMITTED
        return waits and not self.marks and not self.impossible


def review_round(round_: ReturnRound, reader: Actor) -> list[ReviewedReturn]:
    """Return each return of a round with what there is to look at, in a few queries."""
    returns = list(
        round_.returns.select_related("organization", "submitted_by", "round")
        .prefetch_related("lines__form_line", "submissions", "comments__form_line")
        .order_by("organization__path")
    )
    ids = [row.organization_id for row in returns]
    recent = recent_months_of(ids, round_.month)
    labels = {line.pk: line.label_in(round_.month) for line in round_.form.lines.all()}
    moved = find_with_record_changes(round_.returns.all())
    earlier = first_open_months(ids, round_.month)
    return [
        ReviewedReturn(
            row,
            _is_begun(row),
            _headline(row, labels),
            list(_find_marks(row, recent[row.organization_id], labels)),
            _why_impossible(row, reader, moved, earlier),
        )
        for row in returns
    ]


def _is_begun(row: MonthlyReturn) -> bool:
    """Whether anything was written, or handed over, in a return."""
    written = row.narrative or len(row.lines.all()) or len(row.submissions.all())
    return row.state != ReturnState.DRAFT or bool(written)


def _headline(row: MonthlyReturn, labels: Mapping[int, str]) -> str:
    """Return the members at month end as they are reported; "" in a form without."""
    texts = (
        f"{labels[line.form_line_id]} {format_line(line.form_line, line.reported)}"
        for line in row.lines.all()
        if line.form_line.indicator == CLOSING
    )
    return next(texts, "")


def _find_marks(
    row: MonthlyReturn, recent: RecentMonths, labels: Mapping[int, str]
) -> Iterator[str]:
    """Yield what is asked about, and what is odd or explained once submitted."""
    if open_comments := describe_open_comments(row.comments.all()):
        yield open_comments
    if row.state != ReturnState.SUBMITTED:
        return
    for line in sorted(row.lines.all(), key=lambda one: one.form_line.position):
        label, form_line = labels[line.form_line_id], line.form_line
        odd = find_oddity(form_line.indicator, line.reported, line.computed, recent)
        for words in (describe_oddity(form_line, odd, recent), _explain(line)):
            if words:
                number = format_line(form_line, line.reported)
                yield f"{label} {number}：{words}"


def _explain(line: ReturnLine) -> str:
    """Return what the community wrote of a number that the records do not give."""
    if line.reported != line.computed:
        computed = format_line(line.form_line, line.computed)
        words = _("the records say %(computed)s (%(reason)s)")
        return words % {"computed": computed, "reason": line.reason}
    is_adjustment = line.form_line.indicator == ADJUSTMENT
    return line.reason if is_adjustment and line.reported else ""


def _why_impossible(
    row: MonthlyReturn,
    reader: Actor,
    moved: set[int],
    earlier: Mapping[int, dt.date],
) -> str:
    if row.pk in moved:
        return _("records have changed since")
    if row.state != ReturnState.SUBMITTED:
        return ""
    if is_own_return(row, reader):
        return _("you submitted it yourself: another person decides")
    if (month := earlier.get(row.organization_id)) is not None:
        words = _("the return of %(month)s comes first")
        return words % {"month": format_month(month)}
    return ""


def next_to_review(row: MonthlyReturn) -> MonthlyReturn | None:
    """Return the submitted return of the round after this one, from the first again."""
    waiting = list(
        row.round.returns.filter(state=ReturnState.SUBMITTED)
        .exclude(pk=row.pk)
        .select_related("organization")
        .order_by("organization__path")
    )
    path = row.organization.path
    after = (one for one in waiting if one.organization.path > path)
    return next(after, waiting[0] if waiting else None)
