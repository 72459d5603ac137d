"""Refusals about people on their way to membership, and about probations."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class IsMemberAlready(DomainError):
    """Whoever is a member is not developed again."""

    message = _(
        "A person with this identity number is a member already. Nothing was saved:"
        " look for the member's record, or check the number."
    )


class ApplicantTooYoung(DomainError):
    """People apply from the age of eighteen on."""

    message = _(
        "%(name)s was not eighteen yet on %(day)s. Nothing was saved: check the day of"
        " the application and the identity number."
    )


class DevelopmentIsOver(DomainError):
    """The development was finished or stopped meanwhile."""

    message = _(
        "The development of %(name)s is over: %(state)s. Nothing was changed: look at"
        " the person's page."
    )


class StepComesLater(DomainError):
    """A step has to be on record before this one."""

    message = _(
        "“%(step)s” comes after: %(missing)s. Nothing was saved: record that first."
    )


class StepTooEarly(DomainError):
    """The least distance between two steps is not over."""

    message = _(
        "“%(step)s” is possible from %(day)s on. Nothing was saved: check the day."
    )


class StepTooLate(DomainError):
    """The most that may lie between two steps is over."""

    message = _(
        "“%(step)s” was possible until %(day)s; after that the step before it has to be"
        " taken anew. Nothing was saved: check the day, or take the step before it back"
        " and record it anew."
    )


class TooLittleTraining(DomainError):
    """The training was shorter than the rules ask for."""

    message = _(
        "The training lasts at least %(hours)s hours. Nothing was saved: check the"
        " hours, or record the training once it is complete."
    )


class NotFullMember(DomainError):
    """Only full members cultivate and introduce."""

    message = _(
        "%(name)s is not a full member on %(day)s. Nothing was saved: choose a full"
        " member."
    )


class NothingToTakeBack(DomainError):
    """The application itself is not taken back."""

    message = _(
        "Only the application is on record. Nothing was changed: if the whole record is"
        " a mistake, stop the development and say so."
    )


class StepsMissing(DomainError):
    """Nobody is admitted before every step is on record."""

    message = _(
        "Not every step is on record for %(name)s. Nothing was saved: record what is"
        " missing first."
    )


class NotOnProbation(DomainError):
    """Decisions on probations are about probationary members with a known beginning."""

    message = _(
        "%(name)s is no probationary member with a known day of joining. Nothing was"
        " saved: look at the member's record."
    )


class DecidedBeforeJoining(DomainError):
    """A probation is decided on after it began."""

    message = _(
        "The probation of %(name)s began on %(day)s. Nothing was saved: check the day"
        " of the branch meeting."
    )


class VoidEndFirst(DomainError):
    """A cancelled probation ended the membership; that end is voided first."""

    message = _(
        "With this decision the membership of %(name)s ended. Nothing was changed: void"
        " the end on the member's page first, then this decision."
    )
