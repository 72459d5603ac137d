"""Figures about contacts with members (S2-43)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from figures.definitions import Column, Indicator, Kind, Source, indicators
from members.models import MemberContact
from organizations.roles import MEETING_KEEPERS


def _contacts(month: dt.date) -> ScopedQuerySet[MemberContact]:
    rows = MemberContact.all_objects.not_void_in(month).filter(month=month)
    return rows.select_related("member", "organization")


CONTACTS = Source(
    "members.contacts",
    _("Contacts with members"),
    _contacts,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "organization.name"),
        Column(_("Day of the contact"), "made_on"),
        Column(_("Way of contact"), "get_way_display"),
    ),
    names_read_by=MEETING_KEEPERS,
)

indicators.add(
    Indicator(
        "members_contacts",
        _("Contacts with members"),
        _("person-times"),
        Kind.FLOW,
        CONTACTS,
        fixed=True,
    )
)
