"""Issue the certificates of mobile members, replace them, and take them back."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from core.months import month_of, months_after, refuse_future_day, today
from core.text import StrOrPromise
from members.actions.affiliations import lock_member
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.ends.closers import MembershipEnd
from members.enums import (
    MONTHS_OF_SHORT_ABSENCE,
    CertificateGround,
    CertificateOutcome,
)
from members.errors import (
    AbsenceTooLong,
    CertificateClosed,
    CertificateHeld,
    CertificateTooLong,
    CertificateVoided,
    IssuedBeforeAbsence,
    NoCertificateForThat,
    NoOpenAffiliation,
    NotAway,
    OverBeforeAbsence,
)
from members.models import ActivityCertificate, Member, MobileRecord
from organizations.actions import request_recount
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold
from organizations.queries import counting_month, street_above

INSTEAD: Mapping[CertificateGround, StrOrPromise] = {
    CertificateGround.BRIEF: _("A letter of introduction is enough."),
    CertificateGround.SETTLED: _("Transfer the affiliation by letter."),
    CertificateGround.RETURNS: _("The member takes part here between the journeys."),
    CertificateGround.TOGETHER: _("Set up a branch or a party group there."),
}
"""What is done in place of a certificate (R-18)."""


@action(label=_("Activity certificate issued"))
def issue_certificate(
    member: Member,
    *,
    number: str,
    ground: str,
    valid_until: dt.date,
    by: Actor | None,
    on: dt.date | None = None,
    destination: str = "",
) -> ActivityCertificate:
    """Issue a certificate to a member who is away, on a ground that allows it (R-18).

    Refuses members who are not recorded as away or have a certificate, and a period
    that begins long before the absence, or is longer than the ground allows. The first
    contact is due after some days.
    """
    member = lock_member(member)
    absence = refuse_certificate(member)
    return _issue(
        absence,
        number=number,
        ground=CertificateGround(ground),
        issued_on=on or today(),
        valid_until=valid_until,
        destination=destination or absence.destination,
        by=by,
    )


def refuse_certificate(member: Member) -> MobileRecord:
    """Refuse who is not away, and who holds one; return the absence otherwise."""
    refuse_ended_membership(member)
    absence = _absence_of(member)
    if ActivityCertificate.objects.filter(member=member, outcome="").exists():
        raise CertificateHeld(name=member.name)
    return absence


@action(label=_("Activity certificates recorded from a register"))
def record_certificates(
    numbers: Iterable[tuple[Member, str]], *, by: Actor | None
) -> list[ActivityCertificate]:
    """Record the numbers of certificates that a register states, all or none."""
    rows = []
    for member, number in numbers:
        place = _place_of(member)
        issuer = street_above(place) or place
        rows.append(
            ActivityCertificate(
                member=member, organization=place, issuer=issuer, number=number
            )
        )
    validate_all(rows)
    for row in rows:
        row.save()
        _record(row, by)
    return rows


@action(label=_("Activity certificate returned"))
def return_certificate(
    row: ActivityCertificate, *, by: Actor | None, on: dt.date | None = None
) -> ActivityCertificate:
    """Record on which day a member gave the certificate back."""
    return _close(_lock(row), CertificateOutcome.RETURNED, on or today(), by=by)


@action(label=_("Activity certificate replaced"))
def replace_certificate(
    row: ActivityCertificate,
    *,
    number: str,
    ground: str,
    valid_until: dt.date,
    reason: str,
    by: Actor | None,
    on: dt.date | None = None,
) -> ActivityCertificate:
    """Issue a new certificate in place of one that is lost, full, or has run out."""
    row, day = _lock(row), on or today()
    refuse_ended_membership(row.member)
    absence = _absence_of(row.member)
    _close(row, CertificateOutcome.REPLACED, day, reason=reason, by=by)
    return _issue(
        absence,
        number=number,
        ground=CertificateGround(ground),
        issued_on=day,
        valid_until=valid_until,
        destination=row.destination,
        replaces=row,
        by=by,
    )


@action(label=_("Activity certificate voided"))
def void_certificate(
    row: ActivityCertificate, *, reason: str, by: Actor | None
) -> None:
    """Void a certificate that was recorded by mistake; its number is free again."""
    lock_member(row.member)
    rows = ActivityCertificate.all_objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    refuse_voided(row)
    known = audit.snapshot(row, "number", "issued_on", "valid_until")
    day = row.issued_on or today()
    month = counting_month(row.organization, day) if row.month else month_of(day)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.organization_id, day)])
    audit.record_void(
        row, by=by, organization_id=row.organization_id, reason=reason, values=known
    )


def refuse_voided(row: ActivityCertificate) -> None:
    """Refuse a certificate that was voided before."""
    if row.voided_at is not None:
        raise CertificateVoided(number=row.number)


@action(label=_("Activity certificate ended with the membership"))
def close_certificate(row: ActivityCertificate, end: MembershipEnd) -> None:
    """End the certificate of a member who no longer belongs here."""
    day = max(end.on, row.issued_on or end.on)
    why = str(end.reason.label if end.reason else "")
    _close(row, CertificateOutcome.LAPSED, day, reason=why, by=end.by)


def _place_of(member: Member) -> Organization:
    if member.organization is None:
        raise NoOpenAffiliation(name=member.name)
    return member.organization


def _absence_of(member: Member) -> MobileRecord:
    """Return the absence that goes on; refuse a member who is not away."""
    absence = member.mobile_records.filter(ends_on=None).first()
    if absence is None:
        raise NotAway(name=member.name)
    return absence


def _issue(
    absence: MobileRecord,
    *,
    ground: CertificateGround,
    issued_on: dt.date,
    valid_until: dt.date,
    by: Actor | None,
    **values: object,
) -> ActivityCertificate:
    """Write a certificate that is issued today or was before."""
    member = absence.member
    _refuse_period(absence, ground, issued_on, valid_until)
    refuse_before_membership(member, issued_on)
    place = _place_of(member)
    days = Threshold.objects.on(ThresholdKey.FIRST_CONTACT_DAYS, issued_on)
    row = ActivityCertificate(
        member=member,
        organization=place,
        issuer=street_above(place) or place,
        ground=ground,
        issued_on=issued_on,
        valid_until=valid_until,
        contact_due_on=issued_on + dt.timedelta(days=days),
        month=counting_month(place, issued_on),
        **values,
    )
    validate(row)
    row.save()
    request_recount([(place.pk, issued_on)])
    _record(row, by)
    return row


def _refuse_period(
    absence: MobileRecord,
    ground: CertificateGround,
    issued_on: dt.date,
    valid_until: dt.date,
) -> None:
    """Refuse a period that the ground or the absence does not allow (R-18)."""
    if ground in INSTEAD:
        raise NoCertificateForThat(ground=ground.label, instead=INSTEAD[ground])
    refuse_future_day(issued_on)
    away = {"name": absence.member.name, "since": absence.starts_on}
    lead = Threshold.objects.on(ThresholdKey.CERTIFICATE_LEAD_DAYS, issued_on)
    earliest = absence.starts_on - dt.timedelta(days=lead)
    if issued_on < earliest:
        raise IssuedBeforeAbsence(earliest=earliest, **away)
    if issued_on <= valid_until < absence.starts_on:
        raise OverBeforeAbsence(**away)
    short = months_after(absence.starts_on, MONTHS_OF_SHORT_ABSENCE)
    if ground == CertificateGround.SHORT and valid_until > short:
        raise AbsenceTooLong(latest=short)
    months = Threshold.objects.on(ThresholdKey.CERTIFICATE_MONTHS, issued_on)
    latest = months_after(issued_on, months)
    if valid_until > latest:
        raise CertificateTooLong(latest=latest)


def _lock(row: ActivityCertificate) -> ActivityCertificate:
    """Lock a certificate with its member; refuse one that is closed."""
    member = lock_member(row.member)
    rows = ActivityCertificate.all_objects.select_for_update(of=("self",))
    row = rows.select_related("organization", "issuer").get(pk=row.pk)
    row.member = member
    refuse_voided(row)
    if not row.is_held:
        outcome = row.get_outcome_display()
        raise CertificateClosed(number=row.number, outcome=outcome)
    return row


def _close(
    row: ActivityCertificate,
    outcome: CertificateOutcome,
    day: dt.date,
    *,
    by: Actor | None,
    reason: str = "",
) -> ActivityCertificate:
    refuse_future_day(day)
    row.outcome, row.closed_on, row.reason = outcome, day, reason
    validate(row)
    row.save(update_fields=["outcome", "closed_on", "reason"])
    _record(row, by, "outcome", "closed_on", "reason")
    return row


def _record(row: ActivityCertificate, by: Actor | None, *names: str) -> None:
    names = names or ("number", "ground", "issued_on", "valid_until", "destination")
    after = audit.snapshot(row, *names)
    audit.record(row, by=by, organization_id=row.organization_id, after=after)
