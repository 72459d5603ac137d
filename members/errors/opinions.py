"""Refusals about opinions that are asked for."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class OpinionIsOver(DomainError):
    """The place has answered, or the question was withdrawn."""

    message = _(
        "The question about %(name)s is over. Nothing was changed: its page says what"
        " came of it."
    )


class NobodyToAsk(DomainError):
    """The member is checked in nowhere and belongs to no community here."""

    message = _(
        "%(name)s is not checked in with a community, so that none can be asked."
        " Nothing was sent: ask them to check in where they live first."
    )


class WrongPlaceAsked(DomainError):
    """A kind asks streets or communities, and the place is neither."""

    message = _(
        "%(place)s is not asked by “%(kind)s”. Nothing was sent: choose a community or"
        " a street, as the kind asks."
    )


class DueBeforeToday(DomainError):
    """An answer cannot be due on a day that has passed."""

    message = _(
        "An answer cannot be due on %(day)s, which has passed. Nothing was sent: choose"
        " a later day, or leave it empty."
    )
