"""Choices of cases."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Whether a case waits for somebody."""

    OPEN = "open", _("Being dealt with")
    ANSWERED = "answered", _("Settled")
    VOIDED = "voided", _("Case voided")


class Waiting(TextChoices):
    """Which open cases a list shows."""

    MINE = "mine", _("Mine")
    WITHOUT_OWNER = "without_owner", _("Not taken yet")
    OVERDUE = "overdue", _("Overdue")
