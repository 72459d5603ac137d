"""Who is reviewed each month: away for half a year, or waiting for a post (S1-16)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from core.actors import Actor
from core.months import month_of, months_before, today
from core.text import StrOrPromise
from members.enums import MONTHS_OF_SHORT_ABSENCE, Category, MobileKind
from members.models import Affiliation, Member, MobileRecord, MonthlyReview


@dataclass(frozen=True, slots=True)
class ReviewedMember:
    """Somebody to review: why, since when, and what was found this month."""

    member: Member
    kind: StrOrPromise
    since: dt.date
    review: MonthlyReview | None

    @property
    def label(self) -> str:
        """The member and why they are reviewed, as a form offers them."""
        return f"{self.member.choice_label} · {self.kind}"


def list_reviewed(user: Actor, day: dt.date | None = None) -> list[ReviewedMember]:
    """Return who of those the reader keeps is reviewed this month, by place."""
    day = day or today()
    kept: Any = Member.objects.managed_by(user).current()
    kept = kept.filter(organization__isnull=False)
    away = MobileRecord.objects.current(day).filter(member__in=kept.values("pk"))
    away = away.filter(
        Q(kind=MobileKind.AWAITING)
        | Q(starts_on__lte=months_before(day, MONTHS_OF_SHORT_ABSENCE))
    )
    absences = {row.member_id: row for row in away.order_by("starts_on", "pk")}
    rows = kept.filter(Q(pk__in=absences) | Q(category=Category.AWAITING))
    began = Affiliation.objects.filter(member=OuterRef("pk")).order_by("starts_on")
    rows = rows.annotate(belongs_since=Subquery(began.values("starts_on")[:1]))
    rows = rows.select_related("organization").defer("id_number", "phone")
    reviews = MonthlyReview.objects.filter(month=month_of(day), member__in=rows)
    found = {row.member_id: row for row in reviews}
    ordered = rows.order_by("organization__path", "sort_key", "pk")
    return [
        _describe(member, absences.get(member.pk), found.get(member.pk), day)
        for member in ordered
    ]


def list_to_review(user: Actor, day: dt.date | None = None) -> list[ReviewedMember]:
    """Return who has not been reviewed this month."""
    return [line for line in list_reviewed(user, day) if line.review is None]


def _describe(
    member: Any,
    absence: MobileRecord | None,
    review: MonthlyReview | None,
    day: dt.date,
) -> ReviewedMember:
    if absence is not None:
        label = absence.get_kind_display()
        return ReviewedMember(member, label, absence.starts_on, review)
    since = member.belongs_since or day
    return ReviewedMember(member, member.get_category_display(), since, review)
