"""Refusals about members, where they belong and how that ends."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AlreadyRecorded(DomainError):
    """The identity number belongs to a member the reader may not see.

    The message does not say where: it is the same for every other place, and for
    members who have left.
    """

    message = _(
        "This identity number is already recorded and cannot be entered a second time."
        " Nothing was saved: if the person has moved here, start a transfer."
    )


class NoOpenAffiliation(DomainError):
    """The member has no open formal affiliation."""

    message = _(
        "%(name)s has no formal affiliation at present. Nothing was changed: record"
        " where the member belongs first."
    )


class MembershipEnded(DomainError):
    """The membership has ended, so nothing more is recorded for the member."""

    message = _(
        "The membership of %(name)s ended on %(day)s (%(reason)s). Nothing was changed:"
        " if that entry is a mistake, void it on the member's page first."
    )


class SettledAlready(DomainError):
    """The record no longer contradicts an end, or somebody has kept it."""

    message = _(
        "This was settled meanwhile, by correcting it or by keeping it with a reason."
        " Nothing was changed: go back to the list to see what is left."
    )


class NothingEnded(DomainError):
    """There is no end of a membership that could be voided."""

    message = _("The membership of %(name)s has not ended. Nothing was changed.")


class LaterEntryFirst(DomainError):
    """Only the latest entry of where a member belongs can be voided."""

    message = _(
        "There is a later entry of where %(name)s belongs. Nothing was changed: void"
        " that one first."
    )


class OnlyEntry(DomainError):
    """Without this entry the member would belong nowhere: void the whole record."""

    message = _(
        "This is the only entry of where %(name)s belongs. Nothing was changed: void"
        " the whole record of the member instead."
    )


class AffiliatedElsewhere(DomainError):
    """The organization of a member records that the member died."""

    message = _(
        "%(name)s belongs to %(organization)s, which records the death; the check-in"
        " then ends by itself. Nothing was changed: report it there."
    )


class NotWhileAffiliated(DomainError):
    """The member already has an open formal affiliation (R-11)."""

    message = _(
        "%(name)s already has a formal affiliation, and there is only ever one. Nothing"
        " was changed: move or transfer the member instead."
    )


class OrganizationRequired(DomainError):
    """A member without organization and community would be visible to no user."""

    message = _(
        "Nobody would find %(name)s again: neither a Party organization nor a community"
        " is named. Nothing was saved: choose the community in which this in-service"
        " member checks in."
    )


class NotInService(DomainError):
    """Only guests have no organization here: in-service and mobile members (R-28)."""

    message = _(
        "%(name)s is entered neither as an in-service nor as a mobile member, and every"
        " other member belongs to a Party organization here. Nothing was saved: choose"
        " the organization, or one of these categories."
    )


class CannotHoldMembers(DomainError):
    """This kind of organization holds no formal affiliations; branches do."""

    message = _(
        "Members cannot belong to %(name)s itself. Nothing was saved: choose one of the"
        " branches below it."
    )


class TemporaryHoldsNoMembers(CannotHoldMembers):
    """Who works in a temporary branch stays where they belong (R-07)."""

    message = _(
        "%(name)s is temporary: whoever takes part in its work stays with the branch to"
        " which they belong. Nothing was saved: choose a branch with members."
    )


class AlreadyCheckedIn(DomainError):
    """A member has one community of residence at a time."""

    message = _(
        "You are checked in at %(community)s already. Nothing was changed: end that"
        " check-in first if you have moved."
    )


class BeforeJoining(DomainError):
    """Nothing is recorded of members on a day before they joined the Party."""

    message = _(
        "%(name)s joined the Party on %(joined)s. Nothing is recorded of them as a"
        " member before, and %(day)s lies before. Nothing was saved: check both days."
    )


class BeforeBirth(DomainError):
    """The day lies before the birth date in the identity number."""

    message = _(
        "%(name)s was born after %(day)s, by the identity number. Nothing was saved:"
        " check the day and the number."
    )


class EndsBeforeStart(DomainError):
    """A row would end on or before the day it began."""

    message = _(
        "%(day)s lies on or before the day it began (%(began)s). Nothing was changed."
    )


class EndsBeforeMove(DomainError):
    """Somebody ended before the move that was recorded of them since."""

    message = _(
        "%(day)s lies on or before the day on which the member came here (%(began)s)."
        " Nothing was changed. If the day is right, void that move first, then record"
        " the end where the member was."
    )


class NoDayLeftBefore(DomainError):
    """Before a true end there is no day left for the one that was published."""

    message = _(
        "An end for another reason is published for this affiliation, and it only began"
        " on %(began)s, the day before %(day)s. Nothing was changed: record the end for"
        " the day after."
    )


class TooManyLooks(DomainError):
    """A user has read too many full numbers within an hour."""

    message = _(
        "You have read %(limit)s full numbers within an hour. Nothing was shown: go on"
        " later, or ask the street office if the work needs more."
    )


class TooManyQuestions(DomainError):
    """A user has asked the whole city too often within an hour."""

    message = _(
        "You have asked the whole city %(limit)s times within an hour. Nothing was"
        " looked up: go on later, or ask the street office if the work needs more."
    )


class NumberInReason(DomainError):
    """A reason that the access log keeps for ever holds a number of a person."""

    message = _(
        "The reason holds an identity number or a phone, and the log keeps it for ever."
        " Nothing was shown and nothing saved: give the reason without numbers."
    )


class RecordedMeanwhile(DomainError):
    """Somebody recorded something else of the member after this form was opened."""

    message = _(
        "While this form was open, %(who)s recorded: %(what)s. Nothing of yours was"
        " saved: check whether anything is left to record."
    )


class RecordedMeanwhileBy(RecordedMeanwhile):
    """The same, told to those who may read in the history who did it, and when."""

    message = _(
        "While this form was open, %(who)s recorded at %(at)s: %(what)s. Nothing of"
        " yours was saved: check whether anything is left to record."
    )


class NotCheckedIn(DomainError):
    """There is no open check-in that could be ended here."""

    message = _(
        "%(name)s is not checked in with a community of yours at present. Nothing was"
        " changed: look at the member's page for what is on record."
    )


class BelongsHere(DomainError):
    """The person belongs to an organization here, which says where they belong."""

    message = _(
        "%(name)s belongs to an organization on record here, so the branch is not"
        " written down again. Nothing was changed."
    )


class AlreadyAsChosen(DomainError):
    """The record says already what was to be done to many."""

    message = _("%(name)s: this is on record already, so there is nothing to do.")


class AsksAlone(DomainError):
    """The form of a single member would ask or refuse, which many cannot answer."""

    message = _("%(question)s Do this on the member's own page.")


class NotAway(DomainError):
    """There is no open absence that a return could end."""

    message = _(
        "%(name)s is not recorded as away at present. Nothing was changed: look at the"
        " member's page for what is on record."
    )
