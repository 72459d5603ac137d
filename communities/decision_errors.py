"""Refusals of sittings of bodies, of decisions and of honours."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NobodySeated(DomainError):
    """A body sits when somebody has a seat in it."""

    message = _(
        "Nobody held a seat in %(body)s on %(day)s. Nothing was saved: check the day,"
        " or fill the seats first."
    )


class MeetsAsCommittee(DomainError):
    """Meetings of a Party committee are entered once: with those of its branch."""

    message = _(
        "%(body)s is a Party committee. Nothing was saved: enter its meeting under"
        " “Meetings” as a committee meeting; it is listed on this body's page."
    )


class NotSeatedThen(DomainError):
    """Who is listed held a seat on the day."""

    message = _(
        "%(names)s held no seat in %(body)s on %(day)s. Nothing was saved: take off the"
        " tick, or check the day."
    )


class BodyDidNotSit(DomainError):
    """A body sits while it exists."""

    message = _("%(body)s did not exist on %(day)s. Nothing was saved: check the day.")


class SittingVoided(DomainError):
    """Nothing is decided at a sitting that was voided."""

    message = _("This meeting was voided on %(day)s. Nothing was changed.")


class WatchesItself(DomainError):
    """A body does not watch over what it decided."""

    message = _(
        "%(body)s decided this itself. Nothing was saved: choose another body that"
        " watches, or none."
    )


class DueTooEarly(DomainError):
    """A decision is carried out after it was taken."""

    message = _(
        "This was decided on %(first)s. Nothing was saved: check the day, %(day)s."
    )


class NothingToCarryOut(DomainError):
    """What was adopted is carried out, once."""

    message = _(
        "This decision is not to be carried out any more: it found no majority, was"
        " carried out, or was voided. Nothing was changed."
    )


class NobodyWatches(DomainError):
    """A finding is that of the body that watches over a decision that holds."""

    message = _(
        "No body watches over this decision, or it was voided. Nothing was changed."
    )


class ResolutionVoided(DomainError):
    """A decision is voided once."""

    message = _("This decision was voided on %(day)s. Nothing was changed.")


class DecidedThere(DomainError):
    """A sitting at which something was decided is voided after its decisions."""

    message = _(
        "%(count)s decisions were taken at this meeting. Nothing was changed: void them"
        " first."
    )


class HonouredElsewhere(DomainError):
    """A member is honoured where they belonged or were checked in on the day."""

    message = _(
        "%(name)s belonged to no organization here on %(day)s. Nothing was saved: check"
        " the day."
    )


class HonourVoided(DomainError):
    """An honour is voided once."""

    message = _("This honour was voided on %(day)s. Nothing was changed.")


class OpinionAskedLater(DomainError):
    """The opinion was asked after the honour was given, not before."""

    message = _(
        "That opinion was asked for on %(asked)s, after the honour of %(day)s. Nothing"
        " was saved: leave the opinion out, or correct the date of the honour."
    )


class OpinionWasWithdrawn(DomainError):
    """The question was withdrawn, so that no opinion was asked for."""

    message = _(
        "The question for that opinion was withdrawn on %(day)s. Nothing was saved:"
        " leave the opinion out, or choose another."
    )


class OpinionAboutAnother(DomainError):
    """The opinion was asked about another member than the one who is honoured."""

    message = _(
        "That opinion is about %(name)s. Nothing was saved: choose one about the member"
        " who is honoured."
    )
