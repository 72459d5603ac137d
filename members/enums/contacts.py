"""Choices of contacts with members."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MONTHS_UNTIL_REMINDER = 3
MONTHS_UNTIL_OVERDUE = 6
"""After so many months without contact the desk reminds, and warns (R-26)."""
MONTHS_BETWEEN_CONTACTS_ABROAD = 6
"""Who studies abroad is contacted once in so many months, at least (R-21)."""


class ContactWay(TextChoices):
    """How somebody was in touch with a member."""

    PHONE = "phone", _("By phone")
    MESSAGE = "message", _("By message")
    VISIT = "visit", _("On a visit")
    HERE = "here", _("The member came by")
    RELATIVES = "relatives", _("Through relatives or a colleague")


class Silence(TextChoices):
    """What a silence asks for."""

    FIRST = "first", _("First contact after the issue of the certificate")
    REMIND = "remind", _("Three months without contact")
    REPORT = "report", _("Yearly report to the branch")
    ABROAD = "abroad", _("Half-yearly contact with a member who studies abroad")
    OVERDUE = "overdue", _("Six months without contact")
