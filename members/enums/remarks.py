"""Choices about taking part: who is willing, and how guarded remarks stand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.roles import Role


class Willingness(TextChoices):
    """Whether somebody who checked in wants to serve; nobody has to say."""

    UNKNOWN = "unknown", _("Not said yet")
    WILLING = "willing", pgettext_lazy("willingness", "Willing to serve")
    NOT_NOW = "not_now", _("Not now")


class RemarkAnswer(TextChoices):
    """Which remarks about members a list shows; without a choice those not settled."""

    UNANSWERED = "unanswered", pgettext_lazy("guarded remark", "Without a reply")
    ANSWERED = "answered", pgettext_lazy("guarded remark", "With a reply")
    SETTLED = "settled", pgettext_lazy("guarded remark", "Took part after all")


REMARK_KEEPERS = frozenset({Role.SECRETARY, Role.STREET_STAFF})
"""Who keeps and reads guarded remarks, besides the member whom one is about."""
