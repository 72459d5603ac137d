"""Events of a member's timeline."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from core.actors import Actor, scope_of
from core.dates import format_day, format_month
from core.db.voidable import NOT_VOIDED, Voidable
from core.registries.timeline import Event, TimelineSource, timeline_sources
from core.text import StrOrPromise
from members.ends.after_ends import describe_record
from members.enums import LostState, RoundState, StartReason, TransferState
from members.models import (
    Affiliation,
    Appraisal,
    CheckIn,
    Ending,
    LostContact,
    Member,
    MemberMerge,
    MobileRecord,
    PocketMember,
    RecordAfterEnd,
    Transfer,
)
from organizations.roles import RECORD_KEEPERS

ENDED = "members.end_membership"


def reads_reasons(member: models.Model, user: Actor) -> bool:
    """Whether the reader may read why offices did something with the member's record.

    Members do not read it of themselves: it was written for the office, and may name
    somebody else. Those who keep the record do.
    """
    scope = scope_of(user)
    if scope.member_id != member.pk:
        return True
    kept = Member.objects.managed_by(user).filter(pk=member.pk)
    return scope.has_role(RECORD_KEEPERS) and kept.exists()


def voided_event(
    row: Voidable, entry: StrOrPromise, *, with_reason: bool
) -> Event | None:
    """Return the event of a voided entry, or none if the entry is valid."""
    if row.voided_at is None:
        return None
    words = {"entry": entry, "reason": row.void_reason}
    text = _("Voided as a mistake: %(entry)s")
    if with_reason:
        text = _("Voided as a mistake: %(entry)s (%(reason)s)")
    label = text % words
    return Event(timezone.localdate(row.voided_at), label)


def affiliation_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the beginnings and ends of affiliations, with reasons.

    An end that was voided is told by its own event, and the rows by which months count
    on are none of the member's.
    """
    with_reason = reads_reasons(member, user)
    every = Affiliation.all_objects.filter(member=member.pk)
    continued = Q(start_reason=StartReason.CONTINUED)
    undone = {*every.filter(continued, NOT_VOIDED).values_list("starts_on", flat=True)}
    for row in every.select_related("organization"):
        beginning = f"{row.organization.name} · {row.get_start_reason_display()}"
        is_continued = row.start_reason == StartReason.CONTINUED
        if voided := voided_event(row, beginning, with_reason=with_reason):
            yield from [] if is_continued else [voided]
            continue
        yield from [] if is_continued else [Event(row.starts_on, beginning)]
        yield from _later_events(row, undone)


def _later_events(row: Affiliation, undone: set[dt.date]) -> Iterator[Event]:
    """Yield the approval and the end of an affiliation, unless the end was undone."""
    if row.approved_on is not None:
        yield Event(row.approved_on, _("Admission approved by the superior"))
    if row.ends_on is not None and row.ends_on not in undone:
        ended = f"{row.organization.name} · {row.get_end_reason_display()}"
        if month := row.later_end_month:
            words = {"event": ended, "month": format_month(month)}
            ended = _("%(event)s (recorded later, counted in %(month)s)") % words
        yield Event(row.ends_on, ended)


def check_in_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the beginnings and ends of check-ins."""
    with_reason = reads_reasons(member, user)
    rows = CheckIn.all_objects.filter(member=member.pk)
    for row in rows.select_related("community").order_by("starts_on", "pk"):
        name = row.community.name
        beginning = _("Checked in at %(organization)s") % {"organization": name}
        if row.home_branch:
            words = {"event": beginning, "branch": row.home_branch}
            beginning = _("%(event)s · belongs to %(branch)s") % words
        if voided := voided_event(row, beginning, with_reason=with_reason):
            yield voided
            continue
        yield Event(row.starts_on, beginning)
        if row.ends_on is not None:
            why = f" · {row.get_end_reason_display()}" if row.end_reason else ""
            left = _("Left %(organization)s again") % {"organization": name}
            yield Event(row.ends_on, f"{left}{why}")


def absence_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield absences without a transfer, and returns."""
    with_reason = reads_reasons(member, user)
    rows = MobileRecord.all_objects.filter(member=member.pk)
    for row in rows.order_by("starts_on", "pk"):
        beginning = _("Away: %(kind)s") % {"kind": row.get_kind_display()}
        if row.destination:
            beginning = f"{beginning} · {row.destination}"
        if voided := voided_event(row, beginning, with_reason=with_reason):
            yield voided
            continue
        yield Event(row.starts_on, beginning)
        if row.ends_on is not None:
            yield Event(row.ends_on, _("Back again"))


def voided_end_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the ends that were voided; valid ones are ends of affiliations."""
    with_reason = reads_reasons(member, user)
    for row in Ending.all_objects.filter(member=member.pk).select_related(
        "organization"
    ):
        ended = f"{row} · {format_day(row.ended_on)}"
        if voided := voided_event(row, ended, with_reason=with_reason):
            yield voided


def note_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield what somebody noted when they recorded an end that was not voided."""
    if not reads_reasons(member, user):
        return
    ends = Ending.objects.filter(member=member.pk).values_list("ended_on", "reason")
    valid = {(str(day), reason): day for day, reason in ends}
    entries = AuditEntry.objects.about(member).filter(action=ENDED)
    for entry in entries.exclude(reason="").order_by("pk"):
        key = (entry.after.get("ends_on", ""), entry.after.get("end_reason", ""))
        if key in valid:
            label = _("Note on the end: %(note)s") % {"note": entry.reason}
            yield Event(valid[key], label)


def kept_record_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the records of days after an end that somebody keeps as right."""
    text = _("Kept although after the end: %(record)s")
    if reads_reasons(member, user):
        text = _("Kept although after the end: %(record)s (%(reason)s)")
    for row in RecordAfterEnd.objects.kept().filter(member=member.pk):
        words = {"record": describe_record(row), "reason": row.reason}
        yield Event(timezone.localdate(row.kept_at), text % words)


def lost_contact_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield since when contact was lost, what was decided, and contact again."""
    rows = LostContact.objects.visible_to(user).filter(member=member.pk)
    for row in rows.exclude(state=LostState.VOIDED).select_related("case"):
        for day, label in _steps_of_search(row):
            if day is not None:
                yield Event(day, label, row.get_absolute_url())


def _steps_of_search(row: LostContact) -> Iterator[tuple[dt.date | None, str]]:
    numbers = {"number": row.suspension_number}
    if row.is_abroad:
        yield row.lost_on, row.get_ground_display()
    else:
        yield row.lost_on, _("Contact lost")
        yield row.case.opened_on, _("Search opened")
    yield row.suspended_on, _("Membership suspended, no. %(number)s") % numbers
    back = _("Back from abroad") if row.is_abroad else _("In contact again")
    yield row.contacted_on, back
    if row.contacted_on is None:
        values = {"state": row.get_state_display(), "number": row.decision_number}
        yield row.decided_on, _("%(state)s, no. %(number)s") % values


def transfer_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the steps of transfers; they link to the transfer for who may see it."""
    rows = Transfer.objects.filter(member=member.pk)
    with_reason = reads_reasons(member, user)
    visible = {*Transfer.objects.visible_to(user).filter(member=member.pk)}
    related = ("origin", "issuer", "addressee", "destination", "branch")
    for row in rows.select_related(*related).order_by("pk"):
        url = row.get_absolute_url() if row in visible else ""
        for day, label in _steps_of(row, with_reason=with_reason):
            yield Event(day, label, url)


def _steps_of(row: Transfer, *, with_reason: bool) -> Iterator[tuple[dt.date, str]]:
    is_received = row.state == TransferState.RECEIVED
    to = {"organization": row.addressee_name}
    if row.from_text:
        values = {"organization": row.from_text}
        yield row.proposed_on, _("Letter from %(organization)s recorded") % values
    else:
        yield row.proposed_on, _("Transfer to %(organization)s proposed") % to
        if row.issued_on is not None:
            values = {"number": row.number}
            yield row.issued_on, _("Transfer letter %(number)s issued") % values
    if row.arrived_on is not None:
        values = {"organization": str(row.branch)}
        yield row.arrived_on, _("Arrived at %(organization)s") % values
    if row.closed_on is not None:
        where = {"organization": row.to_name} if is_received else to
        label = _transfer_ends()[TransferState(row.state)] % where
        says_why = with_reason and row.reason
        yield row.closed_on, f"{label}: {row.reason}" if says_why else label


def _transfer_ends() -> dict[TransferState, str]:
    return {
        TransferState.RECEIVED: _("Transfer received by %(organization)s"),
        TransferState.REFUSED: _("Transfer refused by %(organization)s"),
        TransferState.EXPIRED: _("Transfer letter to %(organization)s expired"),
        TransferState.VOIDED: _("Transfer to %(organization)s voided"),
    }


def merge_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the mergings of other records into this one, or of this into another."""
    if not reads_reasons(member, user):
        return
    own = Q(duplicate=member.pk) | Q(kept=member.pk)
    for row in MemberMerge.objects.filter(own).select_related("duplicate", "kept"):
        into = row.duplicate_id == member.pk
        other = row.kept if into else row.duplicate
        label = _("Merged into the record no. %(number)s: %(reason)s")
        if not into:
            label = _("The record no. %(number)s was merged into this one: %(reason)s")
        words = {"number": other.pk, "reason": row.reason}
        day = timezone.localdate(row.merged_at)
        yield Event(day, label % words, other.get_absolute_url())
        if row.undone_at is not None:
            words = {"number": other.pk, "reason": row.undo_reason}
            undone = _("Merging with the record no. %(number)s undone: %(reason)s")
            yield Event(timezone.localdate(row.undone_at), undone % words)


def appraisal_events(member: models.Model, _user: Actor) -> Iterable[Event]:
    """Yield the appraisals that were closed, with the grade."""
    rows = Appraisal.objects.filter(member=member.pk, round__state=RoundState.CLOSED)
    for row in rows.select_related("round__organization"):
        words = {"year": row.round.year, "grade": row.outcome}
        label = _("Appraisal of %(year)s: %(grade)s") % words
        yield Event(row.round.held_on, label)


def pocket_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield when a member whom nobody managed was taken up, and what came of it."""
    rows = PocketMember.objects.visible_to(user).filter(member=member.pk)
    for row in rows.select_related("case"):
        url = row.get_absolute_url()
        label = _("Nobody managed them: %(why)s") % {"why": row.get_why_display()}
        yield Event(row.found_on, label, url)
        if row.settled_on is not None:
            settled = _("Settled: %(outcome)s")
            words = {"outcome": row.get_outcome_display()}
            yield Event(row.settled_on, settled % words, url)


LABEL = "members.Member"
timeline_sources.add(
    TimelineSource("members.transfers", LABEL, transfer_events),
    TimelineSource("members.lost_contacts", LABEL, lost_contact_events),
    TimelineSource("members.affiliations", LABEL, affiliation_events),
    TimelineSource("members.notes", LABEL, note_events),
    TimelineSource("members.check_ins", LABEL, check_in_events),
    TimelineSource("members.absences", LABEL, absence_events),
    TimelineSource("members.voided_ends", LABEL, voided_end_events),
    TimelineSource("members.kept_records", LABEL, kept_record_events),
    TimelineSource("members.merges", LABEL, merge_events),
    TimelineSource("members.appraisals", LABEL, appraisal_events),
    TimelineSource("members.pocket", LABEL, pocket_events),
)
