"""Refusals about corrections that members propose."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NobodyToCorrect(DomainError):
    """The member belongs nowhere and is checked in nowhere: nobody keeps the record."""

    message = _(
        "You belong to no branch and are checked in nowhere, so nobody could check the"
        " correction. Nothing was saved: check in first."
    )


class NothingToCorrect(DomainError):
    """What is proposed stands in the record already."""

    message = _(
        "%(field)s: what you wrote is on record already. Nothing was saved: leave it"
        " empty, or write what is right."
    )


class CorrectionDecided(DomainError):
    """A proposed correction is decided, or withdrawn, once."""

    message = _(
        "This correction is “%(state)s”, so nothing was changed. Propose another one if"
        " it is still wrong."
    )


class UnitToChoose(DomainError):
    """The member wrote a unit in words; the record names one of the register."""

    message = _(
        "Choose the unit in the register that the member means. Nothing was saved:"
        " register it first if it is missing, or decline."
    )
