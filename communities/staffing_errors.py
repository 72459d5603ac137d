"""Refusals about recruitments, reserves, pay and visits."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class RecruitmentVoided(DomainError):
    """A voided recruitment cannot be changed."""

    message = _(
        "This recruitment was voided on %(day)s. Nothing was changed: enter it anew if"
        " it did take place."
    )


class RecruitmentClosed(DomainError):
    """Nobody applies under a call that was closed."""

    message = _(
        "This recruitment was closed on %(day)s. Nothing was saved: enter a new"
        " recruitment for the seats that are still vacant."
    )


class RecruitmentFilled(DomainError):
    """No more people are taken on than a call has seats."""

    message = _(
        "This recruitment is for %(seats)s seats, and they are filled: %(names)s."
        " Nothing was saved: correct the number of seats, or announce another"
        " recruitment."
    )


class FewerSeatsThanTaken(DomainError):
    """A call has at least the seats that were filled by it."""

    message = _(
        "%(count)s people came to a seat by this recruitment: %(names)s. Nothing was"
        " saved: enter no fewer seats."
    )


class SomebodyTakenOn(DomainError):
    """A recruitment by which somebody holds a seat was no mistake."""

    message = _(
        "%(names)s came to a seat by this recruitment. Nothing was changed: void the"
        " entry about that seat first, if it is a mistake, too."
    )


class AppliedTooEarly(DomainError):
    """Nobody applies before the announcement."""

    message = _(
        "The recruitment was announced on %(first)s only. Nothing was saved: check the"
        " day of the application, %(day)s."
    )


class ApplicationDecided(DomainError):
    """What was decided about an applicant stands."""

    message = _(
        "It was decided about %(name)s already: %(result)s. Nothing was changed. Void"
        " the application if it is a mistake, and enter it anew."
    )


class DecidedTooEarly(DomainError):
    """Nothing is decided before somebody applied."""

    message = _(
        "%(name)s applied on %(first)s only. Nothing was saved: check the day, %(day)s."
    )


class NoVacantSeat(DomainError):
    """Somebody is taken on for a seat that is vacant."""

    message = _(
        "No seat of the kind “%(seat)s” is vacant in %(body)s. Nothing was saved: open"
        " one, or vacate one first."
    )


class NoKindOfReserves(DomainError):
    """Reserves are listed in a body of their own kind."""

    message = _(
        "Lists of reserves are not kept on %(day)s: their kind of body does not hold"
        " then. Nothing was saved: choose another day, or have street staff give the"
        " kind a later end."
    )


class KeptAsReserves(DomainError):
    """The seats of a list of reserves are kept with what is known of the reserves."""

    message = _(
        "%(body)s is a list of reserves. Nothing was changed: put people on it, or take"
        " them off, on the page “Reserves” (under “Bodies and seats”)."
    )


class AlreadyReserve(DomainError):
    """Somebody is on the list of one organization once."""

    message = _(
        "%(name)s is on this list since %(day)s. Nothing was saved: correct that entry"
        " instead."
    )


class BeforeTheSeat(DomainError):
    """Nobody is paid or on file for a seat before they held it."""

    message = _(
        "%(name)s holds this seat since %(first)s only. Nothing was saved: check the"
        " day, %(day)s."
    )


class AfterTheSeat(DomainError):
    """Nobody is paid or on file for a seat that they have left."""

    message = _(
        "%(name)s left this seat; the last day was %(last)s. Nothing was saved: check"
        " the day, %(day)s."
    )


class FileNumberTaken(DomainError):
    """A file number is given once in an organization."""

    message = _(
        "%(number)s is the file number of %(name)s already. Nothing was saved: check"
        " the number."
    )


class EntryVoided(DomainError):
    """What was voided is voided once."""

    message = _("This entry was voided on %(day)s. Nothing was changed.")


class PlaceLeft(DomainError):
    """Nobody visits for a seat from which a place is served no more."""

    message = _(
        "This place is not served any more since %(day)s. Nothing was changed: enter"
        " it anew if it is."
    )


class VisitedTooEarly(DomainError):
    """Nobody visits before they are there for a place."""

    message = _(
        "This place is served since %(first)s only. Nothing was saved: check the day of"
        " the visit, %(day)s."
    )


class NothingToSettle(DomainError):
    """A problem is settled once."""

    message = _(
        "This visit has no problem that is still to be solved. Nothing was changed."
    )


class VisitVoided(DomainError):
    """A voided visit cannot be changed."""

    message = _(
        "This visit was voided on %(day)s. Nothing was changed: enter it anew if it did"
        " take place."
    )


class CoverUnlikeItsKind(DomainError):
    """A branch of its own is a branch, a joint one is joint, a catch-all a community.

    Which kinds of organization fit stands in the code list (`organizations`).
    """

    message = _(
        "%(name)s is a “%(kind)s”, which does not fit “%(cover)s”. Nothing was saved:"
        " choose another organization, or another kind of cover."
    )


class CoverOfElsewhere(DomainError):
    """A unit's own branch, or who looks after it, is of the community it lies in."""

    message = _(
        "%(name)s belongs to %(community)s, and %(unit)s lies in %(host)s. Nothing was"
        " saved: choose an organization of %(host)s; only a joint branch can be of"
        " another community."
    )


class CoverEndsTooEarly(DomainError):
    """A cover ends on its first day at the earliest, as a mistake, or later."""

    message = _(
        "This cover began on %(first)s. Nothing was changed: check the day, %(day)s."
    )


class CoverEnded(DomainError):
    """A cover ends once."""

    message = _("This cover ended on %(day)s. Nothing was changed.")


class UnitLeftTheRegister(DomainError):
    """A unit that is off the register is covered no more."""

    message = _(
        "%(name)s is off the register since %(day)s. Nothing was saved: choose an"
        " earlier day, or another unit."
    )
