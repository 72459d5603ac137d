"""Events of a mobile member: certificates, and contacts."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from core.actors import Actor
from core.registries.timeline import Event, TimelineSource, timeline_sources
from members.models import (
    ActivityCertificate,
    MemberContact,
    MonthlyReview,
    UnitInquiry,
)
from members.timeline.membership import LABEL, reads_reasons, voided_event


def certificate_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the issue of certificates, and what became of them."""
    with_reason = reads_reasons(member, user)
    rows = ActivityCertificate.all_objects.filter(member=member.pk).order_by("pk")
    keeps = {*ActivityCertificate.objects.visible_to(user).filter(member=member.pk)}
    for row in rows:
        words = {"number": row.number}
        issued = _("Activity certificate no. %(number)s issued") % words
        if voided := voided_event(row, issued, with_reason=with_reason):
            yield voided
            continue
        url = row.get_absolute_url() if with_reason and row in keeps else ""
        if row.issued_on is not None:
            yield Event(row.issued_on, issued, url)
        if row.closed_on is not None:
            label = _("Activity certificate no. %(number)s: %(outcome)s")
            outcome = row.get_outcome_display()
            says_why = with_reason and row.reason
            outcome = f"{outcome} ({row.reason})" if says_why else outcome
            yield Event(row.closed_on, label % {**words, "outcome": outcome}, url)


def contact_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield contacts; what was said is told to those who keep the record."""
    with_reason = reads_reasons(member, user)
    for row in MemberContact.all_objects.filter(member=member.pk).order_by("pk"):
        label = _("In touch: %(way)s") % {"way": row.get_way_display()}
        if row.is_report:
            label = _("Yearly report: %(way)s") % {"way": row.get_way_display()}
        if voided := voided_event(row, label, with_reason=with_reason):
            yield voided
            continue
        says_what = with_reason and row.note
        yield Event(row.made_on, f"{label} · {row.note}" if says_what else label)


def review_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield the monthly reviews, and what they found."""
    with_reason = reads_reasons(member, user)
    for row in MonthlyReview.all_objects.filter(member=member.pk).order_by("pk"):
        label = _("Monthly review: %(finding)s") % {
            "finding": row.get_finding_display()
        }
        if voided := voided_event(row, label, with_reason=with_reason):
            yield voided
            continue
        says_what = with_reason and row.note
        yield Event(row.reviewed_on, f"{label} · {row.note}" if says_what else label)


def inquiry_events(member: models.Model, user: Actor) -> Iterable[Event]:
    """Yield inquiries at former units, and their answers."""
    rows = UnitInquiry.objects.filter(member=member.pk, voided=False)
    keeps = {*UnitInquiry.objects.visible_to(user).filter(member=member.pk)}
    for row in rows.select_related("case").order_by("pk"):
        url = row.get_absolute_url() if row in keeps else ""
        words = {"unit": row.unit, "answer": row.get_answer_display()}
        yield Event(
            row.sent_on, _("Asked %(unit)s who manages the member") % words, url
        )
        if row.answered_on is not None:
            yield Event(row.answered_on, _("%(unit)s answers: %(answer)s") % words, url)


timeline_sources.add(
    TimelineSource("members.reviews", LABEL, review_events),
    TimelineSource("members.inquiries", LABEL, inquiry_events),
    TimelineSource("members.contacts", LABEL, contact_events),
    TimelineSource("members.certificates", LABEL, certificate_events),
)
