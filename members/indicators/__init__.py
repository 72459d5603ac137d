"""Figures about members, each defined once."""

from members.indicators.appraisals import APPRAISED
from members.indicators.certificates import CERTIFICATES
from members.indicators.contacts import CONTACTS
from members.indicators.development import DECISIONS, DEVELOPMENTS
from members.indicators.letters import IN_TRANSIT
from members.indicators.membership import COMPOSITION, GAINED, PERSONS
from members.indicators.mobile import INQUIRIES, REVIEWS
from members.indicators.pocket import POCKET

__all__ = [
    "APPRAISED",
    "CERTIFICATES",
    "COMPOSITION",
    "CONTACTS",
    "DECISIONS",
    "DEVELOPMENTS",
    "GAINED",
    "INQUIRIES",
    "IN_TRANSIT",
    "PERSONS",
    "POCKET",
    "REVIEWS",
]
