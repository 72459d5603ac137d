"""Refusals about members and their membership."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AlreadyRecorded(DomainError):
    """The identity number belongs to a member the reader may not see.

    Says nothing of where: the sentence is the same for every other place, and for
    members who have left.
    """

    message = _(
        "This identity number is already recorded and cannot be entered a second time."
        " Nothing was saved: if the person has moved here, start a transfer."
    )


class NoOpenAffiliation(DomainError):
    """The member does not count anywhere at present."""

    message = _(
        "%(name)s has no formal affiliation at present. Nothing was changed: record"
        " where the member belongs first."
    )


class NotWhileAffiliated(DomainError):
    """The member counts somewhere already (R-11)."""

    message = _(
        "%(name)s already has a formal affiliation, and there is only ever one. Nothing"
        " was changed: move or transfer the member instead."
    )


class BelongsNowhere(DomainError):
    """A member whom no organization knows of would be seen by nobody again."""

    message = _(
        "Nobody would find %(name)s again: neither a Party organization nor a community"
        " is named. Nothing was saved: choose the community in which this in-service"
        " member checks in."
    )


class NotInService(DomainError):
    """Only in-service members belong to their employer and merely check in (R-28)."""

    message = _(
        "%(name)s is not entered as an in-service member, and every other member"
        " belongs to a Party organization here. Nothing was saved: choose the"
        " organization, or the category of in-service members."
    )


class CannotHoldMembers(DomainError):
    """Formal affiliations lie with branches, not with this kind of organization."""

    message = _(
        "Members cannot belong to %(name)s itself. Nothing was saved: choose one of the"
        " branches below it."
    )


class AlreadyCheckedIn(DomainError):
    """There is one community of residence at a time."""

    message = _(
        "You are checked in at %(community)s already. Nothing was changed: end that"
        " check-in first if you have moved."
    )


class BeforeItBegan(DomainError):
    """An ending lies on or before its beginning."""

    message = _(
        "%(day)s lies on or before the day it began (%(began)s). Nothing was changed."
    )


class TooManyLooks(DomainError):
    """Full numbers are read one at a time, for a reason, not by the heap."""

    message = _(
        "You have read %(limit)s full numbers within an hour. Nothing was shown: go on"
        " later, or ask the street office if the work needs more."
    )
