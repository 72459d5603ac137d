"""How active branches were in a quarter: below, at or above what is asked (S0-07).

Asked for are a members' meeting a quarter and a committee meeting a month where there
is a committee (R-40), Party lessons and theme Party days by numbers that are data
(R-41, R-42). A branch founded within the quarter owes nothing for it,
and one that ended within it is left out.
"""

import datetime as dt
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from communities.enums import Activity, Agenda, MeetingKind
from communities.models import Meeting
from communities.owed_meetings import (
    MEETING_REGULARLY,
    branches_with_committee,
    first_of_quarter,
)
from core.actors import Actor
from core.months import shift_month
from organizations.enums import ThresholdKey
from organizations.models import Organization, OrganizationVersion, Threshold
from organizations.roles import READERS

MEMBERS_MEETINGS = 1  # a quarter
COMMITTEE_MEETINGS = 3  # a quarter: one a month
QUARTERS_SHOWN = 8
ABOUT = {one: f"about_{one.value}" for one in (Agenda.STUDY, Agenda.ASSIGNING)}
COUNTED = {kind: f"held_{kind.value}" for kind in MeetingKind}


def whole_quarters(day: dt.date) -> list[dt.date]:
    """Return the first months of the last eight quarters that are over."""
    running = first_of_quarter(day)
    return [shift_month(running, -3 * n) for n in range(1, QUARTERS_SHOWN + 1)]


def activity_of_branches(user: Actor, quarter: dt.date) -> QuerySet[Organization]:
    """Return the branches that the person reads, with what they held in a quarter.

    Annotates a number for each form (`COUNTED`), their sum, `activity`, and how many
    were mostly study or handed out work alone (`ABOUT`, S2-48).
    """
    end = shift_month(quarter, 3)
    branches = Organization.objects.in_scope_of(user, READERS).filter(
        Q(ended_on=None) | Q(ended_on__gte=end)
    )
    rows: Any = branches.filter(kind__in=MEETING_REGULARLY)
    held = Meeting.objects.held().filter(
        organization=OuterRef("pk"), held_on__gte=quarter, held_on__lt=end
    )
    counted = {
        name: _number_of(held.filter(kind=kind)) for kind, name in COUNTED.items()
    }
    counted |= {
        name: _number_of(held.filter(agenda=agenda)) for agenda, name in ABOUT.items()
    }
    committees = branches_with_committee(branches).order_by().values("pk")
    founded = OrganizationVersion.objects.filter(organization=OuterRef("pk")).order_by()
    rows = rows.annotate(
        **counted,
        quarter=Value(quarter, output_field=DateField()),
        owes_committee=Case(
            When(pk__in=committees, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        founded_on=Subquery(
            founded.values("organization").annotate(day=Min("starts_on")).values("day")
        ),
    )
    total = sum((F(name) for name in COUNTED.values()), Value(0))
    judged: QuerySet[Organization] = rows.annotate(held=total).annotate(
        activity=_judge(quarter)
    )
    return judged.order_by("path")


def _number_of(meetings: QuerySet[Meeting]) -> Coalesce:
    counts = meetings.order_by().values("organization").annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0, output_field=IntegerField())


def _judge(quarter: dt.date) -> Case:
    lessons = Threshold.objects.on(ThresholdKey.LESSONS_A_QUARTER, quarter)
    theme_days = Threshold.objects.on(ThresholdKey.THEME_DAYS_A_QUARTER, quarter)
    asked = MEMBERS_MEETINGS + lessons + theme_days
    lacks = (
        Q(**{f"{COUNTED[MeetingKind.MEMBERS]}__lt": MEMBERS_MEETINGS})
        | Q(**{f"{COUNTED[MeetingKind.LESSON]}__lt": lessons})
        | Q(**{f"{COUNTED[MeetingKind.THEME_DAY]}__lt": theme_days})
        | Q(
            owes_committee=True,
            **{f"{COUNTED[MeetingKind.COMMITTEE]}__lt": COMMITTEE_MEETINGS},
        )
    )
    more = Q(owes_committee=True, held__gt=asked + COMMITTEE_MEETINGS) | Q(
        owes_committee=False, held__gt=asked
    )
    return Case(
        When(founded_on__gt=quarter, then=Value(Activity.NEW.value)),
        When(lacks, then=Value(Activity.BELOW.value)),
        When(more, then=Value(Activity.ABOVE.value)),
        default=Value(Activity.AT.value),
        output_field=CharField(),
    )
