"""Choices of opinions that are asked for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from organizations.roles import COMMUNITY_KEEPERS, Role


class Opinion(TextChoices):
    """What a community or a street says about somebody."""

    AGREES = "agrees", _("Agrees")
    DISAGREES = "disagrees", _("Does not agree")
    RESERVES = "reserves", _("Has reservations")


class OpinionState(TextChoices):
    """Where a question for an opinion stands; silence is never agreement."""

    WAITING = "waiting", _("Waiting for the answer")
    UNANSWERED = "unanswered", _("Not answered by the day, which is no agreement")
    ANSWERED = "answered", _("Answered in time")
    LATE = "late", _("Answered late")
    WITHDRAWN = "withdrawn", _("Withdrawn")


ANSWERING = {
    Role.SECRETARY: COMMUNITY_KEEPERS,
    Role.STREET_STAFF: frozenset({Role.STREET_STAFF}),
}
"""Who answers, by the role of the kind of case; nobody above answers for a place."""
