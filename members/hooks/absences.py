"""Registrations of what accompanies an absence."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.registries.page_sections import PageSection, page_sections
from members.actions.certificates import close_certificate
from members.actions.inquiries import close_inquiry
from members.ends.closers import MemberCloser, closers, on_leaving_altogether
from members.ends.dated_records import DatedRecords, dated_records
from members.lost_contacts.contacts import ContactFacts, contact_facts
from members.models import (
    ActivityCertificate,
    MemberContact,
    MonthlyReview,
    UnitInquiry,
)
from members.sections.inquiries import describe_inquiry


def held_certificates() -> QuerySet[ActivityCertificate]:
    """Return certificates that are with their members."""
    return ActivityCertificate.objects.held()


def open_inquiries() -> QuerySet[UnitInquiry]:
    """Return inquiries that wait for their answer."""
    return UnitInquiry.objects.open()


contact_facts.add(ContactFacts("members.contacts", MemberContact.objects.last_days))
closers.add(
    MemberCloser(
        "members.certificates",
        _("activity certificates ended: %(count)s"),
        held_certificates,
        close_certificate,
        leaving=on_leaving_altogether,
    ),
    MemberCloser(
        "members.inquiries",
        _("inquiries at former units ended: %(count)s"),
        open_inquiries,
        close_inquiry,
    ),
)
page_sections.add(
    PageSection(
        "members.inquiry",
        "cases.Case",
        "members/_case_details.html",
        describe_inquiry,
    )
)
dated_records.add(
    DatedRecords(
        "members.contacts",
        _("in touch on %(days)s"),
        MemberContact.objects.all,
        day="made_on",
    ),
    DatedRecords(
        "members.reviews",
        _("reviewed on %(days)s"),
        MonthlyReview.objects.all,
        day="reviewed_on",
    ),
    DatedRecords(
        "members.certificates",
        _("activity certificate issued on %(days)s"),
        ActivityCertificate.objects.all,
        day="issued_on",
        page=ActivityCertificate.get_absolute_url,
    ),
)
