"""Refusals about posts, claims and service."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AttendanceChanged(DomainError):
    """The attendance of a shift was recorded while a form over it was open."""

    message = _(
        "While this page was open the attendance of %(names)s was recorded in another"
        " window or by somebody else. Nothing was saved: the page now shows what is"
        " recorded; check it and save again."
    )


class HoursChanged(DomainError):
    """Hours that wait for confirmation are not those that the list showed."""

    message = _(
        "The record of %(name)s was changed after your list was opened: it is now"
        " %(hours)s hours. It was not confirmed: read it in the list, then tick it"
        " again."
    )


class NotOnTheList(DomainError):
    """The code is not an item of the code list."""

    message = _(
        "“%(code)s” is not on the list it has to be chosen from. Nothing was saved:"
        " choose one of the items offered."
    )


class ProjectElsewhere(DomainError):
    """A post serves a project of its own community, or none."""

    message = _(
        "The project “%(project)s” belongs to another community. Nothing was saved:"
        " choose a project of this community, or none."
    )


class PostIsClosed(DomainError):
    """A closed post is neither changed nor extended by further shifts."""

    message = _(
        "“%(title)s” was closed on %(day)s. Nothing was changed: offer a new post"
        " instead."
    )


class PostNotOpen(DomainError):
    """The post does not accept claims."""

    message = _(
        "“%(title)s” takes no claims at present, so no place was taken. Please choose"
        " another post from the list."
    )


class ShiftFull(DomainError):
    """Every place of the shift is taken."""

    message = _(
        "Every place of this shift has just been taken, and none was taken for you."
        " Please choose another shift; places that are given back appear in the list."
    )


class ShiftBegun(DomainError):
    """The shift has begun, so nobody can join it any more."""

    message = _(
        "This shift began at %(time)s and takes no more claims. Nothing was changed:"
        " please choose a later one."
    )


class ShiftsOverlap(DomainError):
    """The member has claimed another shift at that time."""

    message = _(
        "At that time you have already claimed “%(title)s” (%(time)s), so no place was"
        " taken. Give that one back first, or choose another time."
    )


class DailyClaimLimitReached(DomainError):
    """The number of claims a day is limited, so that others find places."""

    message = _(
        "You have claimed %(count)s shifts today, which is as many as one person may"
        " claim on one day. No place was taken: please go on tomorrow."
    )


class NotCheckedIn(DomainError):
    """A member without a branch here and without a check-in has no community."""

    message = _(
        "You are not checked in with a community yet, so no place was taken. Check in"
        " with the community you live in first, then claim again."
    )


class TimeIsPromised(DomainError):
    """The time of a claimed shift changes only with a reason, which members read."""

    message = _(
        "%(claimed)s members have claimed this shift. Nothing was "
        "changed: on the page of the post, give the reason of the new "
        "time, of which they are notified."
    )


class ShiftUnderWay(DomainError):
    """Once a shift has begun, it is neither cancelled nor moved for those who came."""

    message = _(
        "The shift began at %(time)s, so it can no longer be cancelled or moved."
        " Nothing was changed: record who came."
    )


class ShiftCancelled(DomainError):
    """A cancelled shift takes no claims and does not change any more."""

    message = _(
        "This shift was cancelled (%(reason)s). Nothing was changed: please choose"
        " another one."
    )


class ServiceAlreadyRecorded(DomainError):
    """A claim whose service is recorded cannot be withdrawn."""

    message = _(
        "The service for this claim is recorded already, so it cannot be given back."
        " Nothing was changed."
    )


class WithdrawalDeadlinePassed(DomainError):
    """A claim cannot be withdrawn once its shift has begun."""

    message = _(
        "The shift began at %(time)s, so the place can no longer be given back. Nothing"
        " was changed: record the hours, or that %(name)s did not come."
    )


class ShiftNotStarted(DomainError):
    """Absence cannot be recorded before the shift begins."""

    message = _(
        "The shift begins at %(time)s. Nothing was changed: a member who cannot"
        " come gives the place back until then."
    )


class ServiceRecorded(DomainError):
    """A member with recorded hours is not absent, unless the record is returned."""

    message = _(
        "The hours of %(name)s are recorded already. Nothing was changed: hand the"
        " record back first if nobody came."
    )


class TooManyHours(DomainError):
    """The hours exceed the shift's length and its tolerance."""

    message = _(
        "The shift lasted %(length)s hours, so at most %(most)s hours can be recorded"
        " for %(name)s, not %(hours)s. Nothing was saved: correct the hours."
    )


class ClaimWithdrawn(DomainError):
    """Service needs a valid claim."""

    message = _(
        "This claim was given back, so no hours can be recorded for it. Nothing was"
        " saved."
    )


class NotServedYet(DomainError):
    """Hours are recorded once the shift has begun."""

    message = _(
        "The shift begins at %(time)s. Nothing was saved: record the hours when it is"
        " over."
    )


class ServiceConfirmed(DomainError):
    """Confirmed hours count in figures and cannot be changed."""

    message = _("These hours are confirmed already. Nothing was changed.")


class ServiceNotConfirmed(DomainError):
    """Only a confirmation that stands can be taken back."""

    message = _("These hours are not confirmed. Nothing was changed.")


class ServicePublished(DomainError):
    """Hours of a closed month are published and go on counting there."""

    message = _(
        "These hours count in %(month)s, which is closed, and its figures are"
        " published. Nothing was changed: if the record contradicts an end, keep it"
        " with a reason on the member's page."
    )


class ServiceNotSubmitted(DomainError):
    """The record was returned and waits for the person who recorded it."""

    message = _(
        "This record was returned and has not been handed in again. Nothing was"
        " changed: wait until the hours have been corrected."
    )


class NeedsAnotherPerson(DomainError):
    """Every hour needs two persons: one records, another confirms."""

    message = _(
        "The hours of %(name)s were recorded by you or are your own. Nothing was"
        " changed: another person has to confirm them."
    )
