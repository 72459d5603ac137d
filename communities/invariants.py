"""Invariants of meetings, projects and bodies."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from communities.enums import Eligibility
from communities.models import (
    Attendance,
    BallotVotes,
    ElectionPost,
    Honour,
    Meeting,
    Project,
    Resolution,
    Seat,
    SeatHolding,
    ServedPlace,
    SittingAttendance,
    TermOfOffice,
)
from core.db.querysets import any_of
from core.months import month_of, months_after
from core.registries.invariants import Invariant, invariants
from members.duplicates.merged import PERSON
from organizations.calendars import calendar_of


def find_meetings_counted_early() -> Iterator[str]:
    """Find meetings that count in a month before they were held."""
    for pk, month, held_on in Meeting.objects.values_list("pk", "month", "held_on"):
        if month < month_of(held_on):
            yield f"meeting {pk}: {month:%Y-%m} / {held_on}"


def find_absent_officers() -> Iterator[str]:
    """Find meetings whose chair or recorder was not present."""
    there = Attendance.objects.attended().filter(meeting=OuterRef("pk"))
    for name in ("chair", "recorder"):
        listed = Exists(there.filter(member=OuterRef(name)))
        for pk in Meeting.objects.filter(~listed).values_list("pk", flat=True):
            yield f"meeting {pk}: {name}"


def find_decisions_without_quorum() -> Iterator[str]:
    """Find decisions taken by half of the voters or fewer (R-47)."""
    for pk in Meeting.objects.decided_without_quorum().values_list("pk", flat=True):
        yield f"meeting {pk}"


def find_meetings_held_without_quorum() -> Iterator[str]:
    """Find meetings that an open month counts though they had no quorum (R-47)."""
    rows = list(Meeting.objects.held().without_quorum().select_related("organization"))
    calendar = calendar_of({row.organization_id for row in rows})
    for row in rows:
        if not calendar.is_closed(row.organization_id, row.month):
            yield f"meeting {row.pk}"


def find_voided_projects_in_use() -> Iterator[str]:
    """Find rows that name a project which was voided in the same second."""
    for relation in Project._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{f"{name}__voided_at__isnull": False})
        for pk in rows.values_list("pk", flat=True):
            yield f"{model._meta.label} {pk}"


def find_honours_before_their_opinion() -> Iterator[str]:
    """Find honours whose opinion was asked later, withdrawn or of another (S0-25)."""
    later = Q(opinion__case__opened_on__gt=F("awarded_on"))
    withdrawn = Q(opinion__withdrawn_on__lt=F("awarded_on"))
    whose = Coalesce("opinion__member__merged_into", "opinion__member")
    rows = Honour.objects.annotate(honoured_person=PERSON, person_asked_about=whose)
    another = ~Q(honoured_person=F("person_asked_about")) & Q(opinion__isnull=False)
    rows = rows.filter(later | withdrawn | another).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"honour {pk}"


def find_holdings_outside() -> Iterator[str]:
    """Find seats held before their seat, body or term began, or after they ended."""
    began = [
        Q(**{f"{owner}__starts_on__gt": F("starts_on")})
        for owner in ("seat", "seat__body", "term")
    ]
    ended = [
        Q(**{f"{owner}__ends_on__isnull": False})
        & (Q(ends_on=None) | Q(ends_on__gt=F(f"{owner}__ends_on")))
        for owner in ("seat", "seat__body")
    ]
    ended.append(
        Q(term__ended_on__isnull=False)
        & (Q(ends_on=None) | Q(ends_on__gt=F("term__ended_on")))
    )
    ended.append(Q(term__voided_at__isnull=False))
    rows = SeatHolding.objects.filter(any_of([*began, *ended])).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"seat holding {pk}"


def find_outsiders() -> Iterator[str]:
    """Find people who are no Party members in bodies of Party members alone."""
    alone = {"seat__body__kind__open_to": Eligibility.MEMBERS}
    rows = SeatHolding.objects.filter(member=None, **alone).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"seat holding {pk}"


def find_seats_left_behind() -> Iterator[str]:
    """Find seats of members alone that are held on by who belongs elsewhere now."""
    rows = SeatHolding.objects.left_behind().order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"seat holding {pk}"


def find_left_open_in_ended_bodies() -> Iterator[str]:
    """Find seats and terms that go on in a body that has ended."""
    ended = {"body__ends_on__isnull": False, "body__voided_at": None}
    seats = Seat.objects.filter(ends_on=None, **ended).order_by("pk")
    for pk in seats.values_list("pk", flat=True):
        yield f"seat {pk}"
    terms = TermOfOffice.objects.filter(ended_on=None, **ended).order_by("pk")
    for pk in terms.values_list("pk", flat=True):
        yield f"term {pk}"


def find_places_left_open() -> Iterator[str]:
    """Find places that go on though who served them left the seat, or it ended."""
    gone = any_of(
        Q(**{f"{server}__{column}__isnull": False})
        for server in ("holding", "body")
        for column in ("ends_on", "voided_at")
    )
    rows = ServedPlace.objects.filter(gone, ends_on=None).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"place served {pk}"


def find_terms_elsewhere() -> Iterator[str]:
    """Find seats held in a term of another body."""
    rows = SeatHolding.objects.exclude(term=None).exclude(term__body=F("seat__body"))
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        yield f"seat holding {pk}"


def find_long_extensions() -> Iterator[str]:
    """Find terms that were extended by more than a year (R-05)."""
    rows = TermOfOffice.objects.filter(regular_ends_on__isnull=False)
    columns = ("pk", "regular_ends_on", "ends_on")
    for pk, regular, ends_on in rows.order_by("pk").values_list(*columns):
        if ends_on > months_after(regular, 12):
            yield f"term {pk}: {ends_on}"


def find_votes_unlike_their_count() -> Iterator[str]:
    """Find votes whose numbers of people and ballots are not those of the count."""
    rows = BallotVotes.objects.unlike_their_ballot().order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"votes {pk}"


def find_votes_that_do_not_add_up() -> Iterator[str]:
    """Find candidates whose votes are not as many as the valid ballots.

    Whoever was written in has votes in favour alone.
    """
    cast = F("votes_for") + F("votes_against") + F("abstentions")
    rows = BallotVotes.objects.valid().filter(candidate__is_written_in=False)
    wrong = rows.exclude(valid_ballots=cast).order_by("pk")
    for pk in wrong.values_list("pk", flat=True):
        yield f"votes {pk}"


def find_too_many_elected() -> Iterator[str]:
    """Find seats of elections into which more people were elected than there are."""
    elected = BallotVotes.objects.of_elections_that_hold().filter(is_elected=True)
    counts = elected.values("candidate__election", "candidate__kind").annotate(
        people=Count("candidate", distinct=True)
    )
    most = {
        (post.election_id, post.kind_id): post.seats
        for post in ElectionPost.objects.all()
    }
    for row in counts.order_by("candidate__election", "candidate__kind"):
        place = (row["candidate__election"], row["candidate__kind"])
        if row["people"] > most.get(place, 0):
            yield f"election {place[0]}"


def find_decisions_of_voided_meetings() -> Iterator[str]:
    """Find decisions that hold though the meeting at which they were taken does not."""
    rows = Resolution.objects.of_voided_meetings().order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"resolution {pk}"


def find_voters_without_seat() -> Iterator[str]:
    """Find sittings that list people who held no seat on the day."""
    rows = SittingAttendance.objects.outside_their_seat().order_by("sitting", "pk")
    for pk, holding in rows.values_list("sitting", "holding"):
        yield f"sitting {pk}: seat holding {holding}"


invariants.add(
    Invariant(
        "communities.decisions",
        _("No decision holds of a meeting that was voided"),
        find_decisions_of_voided_meetings,
    ),
    Invariant(
        "communities.voters",
        _("Whoever is listed at a meeting of a body held a seat in it on the day"),
        find_voters_without_seat,
    ),
    Invariant(
        "communities.elected",
        _("No election fills more seats than were called for"),
        find_too_many_elected,
    ),
    Invariant(
        "communities.votes",
        _("The votes of every candidate are as many as the valid ballots"),
        find_votes_that_do_not_add_up,
    ),
    Invariant(
        "communities.ballots",
        _("The votes of every candidate name the people and ballots of their count"),
        find_votes_unlike_their_count,
    ),
    Invariant(
        "communities.seats",
        _("Seats are held within the life of their seat, their body and its term"),
        find_holdings_outside,
    ),
    Invariant(
        "communities.outsiders",
        _("Only Party members sit in committees of the Party"),
        find_outsiders,
    ),
    Invariant(
        "communities.left_behind",
        _("Nobody keeps a seat in a committee of the Party whose place they left"),
        find_seats_left_behind,
    ),
    Invariant(
        "communities.ended_bodies",
        _("No seat and no term goes on in a body that has ended"),
        find_left_open_in_ended_bodies,
    ),
    Invariant(
        "communities.places",
        _("No place is served on by who left their seat, or by a body that ended"),
        find_places_left_open,
    ),
    Invariant(
        "communities.terms",
        _("Seats are held in a term of their own body"),
        find_terms_elsewhere,
    ),
    Invariant(
        "communities.extensions",
        _("No term is extended by more than a year"),
        find_long_extensions,
    ),
    Invariant(
        "communities.months",
        _("Every meeting counts in its own month or in a later one"),
        find_meetings_counted_early,
    ),
    Invariant(
        "communities.officers",
        _("The chair and the recorder of every meeting were present"),
        find_absent_officers,
    ),
    Invariant(
        "communities.quorum",
        _("Every decision had more than half of the votes present"),
        find_decisions_without_quorum,
    ),
    Invariant(
        "communities.held",
        _("No open month counts a meeting that had no quorum"),
        find_meetings_held_without_quorum,
    ),
    Invariant(
        "communities.opinions_before",
        _("The opinion of an honour was asked for before it, about who was honoured"),
        find_honours_before_their_opinion,
    ),
    Invariant(
        "communities.voided_projects",
        _("No record names a voided project"),
        find_voided_projects_in_use,
    ),
)
