"""Refusals about corrections of terms and of who holds seats."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class HeldIntoTerm(DomainError):
    """A term does not begin while somebody held a seat who left it later."""

    message = _(
        "%(names)s held a seat on %(day)s and left it after that day. Nothing was"
        " saved: choose another first day, or void their leaving first."
    )


class TermVoided(DomainError):
    """A term that was voided is not changed."""

    message = _("This term was voided on %(day)s. Nothing was changed.")


class TermInUse(DomainError):
    """A term is voided while the seats that it emptied are still vacant."""

    message = _(
        "%(names)s took a seat that this term had emptied. Nothing was changed: void"
        " their entries first."
    )


class SeatClosedSince(DomainError):
    """Nobody is put back into a seat that was closed meanwhile."""

    message = _(
        "The seat of %(names)s was closed meanwhile. Nothing was changed: what was is"
        " kept as it was."
    )


class FullyExtended(DomainError):
    """No term is extended twice beyond a year (R-05)."""

    message = _(
        "The term was extended until %(last)s, which is the longest that it may be."
        " Nothing was saved: if the extension is mistyped, void it first."
    )


class NeverExtended(DomainError):
    """Only an extension that was entered is voided."""

    message = _("This term was not extended. Nothing was changed.")


class SeatNotLeft(DomainError):
    """Only the leaving of somebody who left is voided."""

    message = _("%(name)s has not left this seat. Nothing was changed.")


class LeftWithTerm(DomainError):
    """Who left because a term or body ended comes back with it alone."""

    message = _(
        "%(name)s left because the term or the body ended. Nothing was changed: if the"
        " new term is the mistake, void that."
    )


class SeatTakenSince(DomainError):
    """A leaving is voided while the seat is still vacant."""

    message = _(
        "%(name)s took this seat afterwards. Nothing was changed: void that entry"
        " first."
    )
