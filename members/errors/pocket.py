"""Refusals about members whom nobody manages."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class IsManaged(DomainError):
    """The records no longer say that nobody manages the member."""

    message = _(
        "By now the records say who manages %(name)s. Nothing was opened: look at the"
        " member's page."
    )


class OutcomeNotOnRecord(DomainError):
    """What is said to have come of it is not in the records."""

    message = _(
        "“%(outcome)s” is not on record for %(name)s. Nothing was settled: record it on"
        " the member's page first, then settle this."
    )


class SettledBefore(DomainError):
    """Somebody settled the matter meanwhile."""

    message = _(
        "The matter of %(name)s was settled meanwhile: %(outcome)s. Nothing was"
        " changed."
    )


class ManagerMissing(DomainError):
    """Nobody says which organization manages the member after all."""

    message = _(
        "Which organization manages the member is missing. Nothing was settled: write"
        " its name."
    )
