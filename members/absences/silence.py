"""Members who are away and have not been in touch: what their silence asks for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from core.actors import Actor
from core.months import months_after, months_before, today
from core.text import StrOrPromise
from members.enums import (
    MONTHS_BETWEEN_CONTACTS_ABROAD,
    MONTHS_UNTIL_OVERDUE,
    MONTHS_UNTIL_REMINDER,
    Silence,
)
from members.lost_contacts.contacts import last_contacts
from members.models import (
    ActivityCertificate,
    LostContact,
    Member,
    MemberContact,
    MobileRecord,
)
from organizations.enums import ThresholdKey
from organizations.models import Threshold

MONTHS_OF_NOTICE = 1
"""So long before its day the half-yearly contact with a student is on the list."""


@dataclass(frozen=True, slots=True)
class SilentMember:
    """Somebody away: what is asked for, since when they are silent, until when."""

    member: Member
    asks: Silence
    since: dt.date
    due_on: dt.date

    @property
    def reason(self) -> StrOrPromise:
        """What the silence asks for, in words."""
        return self.asks.label


def list_silent(user: Actor, day: dt.date | None = None) -> list[SilentMember]:
    """Return who of those the reader keeps is to be called, the first due first.

    Who studies abroad is called each half-year (R-21), instead of after the silences
    of those who are away in the country.
    """
    day = day or today()
    kept = Member.objects.managed_by(user).current().filter(organization__isnull=False)
    away = MobileRecord.objects.filter(ends_on=None, member__in=kept.values("pk"))
    left = dict(away.order_by("starts_on").values_list("member", "starts_on"))
    held = ActivityCertificate.objects.held().filter(
        Q(issued_on__isnull=False), member__in=kept.values("pk")
    )
    issued = {row.member_id: row for row in held}
    abroad = LostContact.objects.studying_abroad().filter(member__in=kept.values("pk"))
    studies = dict(abroad.values_list("member", "lost_on"))
    found = kept.filter(pk__in=[*left, *issued, *studies])
    members = found.select_related("organization")
    last = last_contacts(row.pk for row in members)
    reported = MemberContact.objects.filter(is_report=True).last_days(left)
    months = Threshold.objects.on(ThresholdKey.YEARLY_REPORT_MONTHS, day)
    lines: list[SilentMember] = []
    for member in members.defer("id_number", "phone"):
        key, studies_since = member.pk, studies.get(member.pk)
        gone = None if studies_since else left.get(key)
        lines += _find(member, gone, issued.get(key), last.get(key), day)
        if studies_since:
            lines += _find_abroad(member, studies_since, last.get(key), day)
    lines += [
        SilentMember(member, Silence.REPORT, since, due_on)
        for member in members
        if (since := _later(left.get(member.pk), reported.get(member.pk)))
        and (due_on := months_after(since, months)) <= day
    ]
    return sorted(lines, key=lambda one: (one.due_on, one.member.pk))


def _later(left: dt.date | None, reported: dt.date | None) -> dt.date | None:
    """Return since when a yearly report counts: the departure, or the last one."""
    return None if left is None else max(left, reported or left)


def _find_abroad(
    member: Member, left: dt.date, last: dt.date | None, day: dt.date
) -> Iterator[SilentMember]:
    """Yield the contact of the half-year, once its day is near (R-21)."""
    since = max(left, last or left)
    due_on = months_after(since, MONTHS_BETWEEN_CONTACTS_ABROAD)
    if months_before(due_on, MONTHS_OF_NOTICE) <= day:
        yield SilentMember(member, Silence.ABROAD, since, due_on)


def _find(
    member: Member,
    left: dt.date | None,
    certificate: ActivityCertificate | None,
    last: dt.date | None,
    day: dt.date,
) -> Iterator[SilentMember]:
    """Yield what the silence of one member asks for; the first contact comes first."""
    issued = certificate.issued_on if certificate is not None else None
    due_on = certificate.contact_due_on if certificate is not None else None
    if issued and due_on and (last is None or last < issued):
        yield SilentMember(member, Silence.FIRST, issued, due_on)
        return
    since = max((one for one in (left, last) if one), default=None)
    if left is None or since is None:
        return
    remind_on = months_after(since, MONTHS_UNTIL_REMINDER)
    overdue_on = months_after(since, MONTHS_UNTIL_OVERDUE)
    if overdue_on <= day:
        yield SilentMember(member, Silence.OVERDUE, since, overdue_on)
    elif remind_on <= day:
        yield SilentMember(member, Silence.REMIND, since, remind_on)
