"""Figures about the certificates of mobile members (R-18, S2-43)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from figures.definitions import Column, Indicator, Kind, Source, indicators
from members.models import ActivityCertificate
from organizations.roles import MEETING_KEEPERS


def _issued(month: dt.date) -> ScopedQuerySet[ActivityCertificate]:
    rows = ActivityCertificate.all_objects.not_void_in(month).filter(month=month)
    return rows.select_related("member", "organization")


CERTIFICATES = Source(
    "members.certificates",
    _("Activity certificates issued"),
    _issued,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "organization.name"),
        Column(_("Certificate issued on"), "issued_on"),
        Column(_("Valid until"), "valid_until"),
    ),
    names_read_by=MEETING_KEEPERS,
)

indicators.add(
    Indicator(
        "members_certificates",
        _("Activity certificates issued"),
        _("certificates"),
        Kind.FLOW,
        CERTIFICATES,
        fixed=True,
    )
)
