"""Refusals about the tree and its months."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class OrganizationEnded(DomainError):
    """The organization no longer exists."""

    message = _(
        "%(name)s was ended on %(day)s. Nothing was saved: choose an organization that"
        " still exists."
    )


class NotFoundedYet(DomainError):
    """Nothing is recorded of an organization before it was founded."""

    message = _(
        "%(name)s was founded on %(first)s only. Nothing was saved: check the day,"
        " %(day)s."
    )


class MergesNothing(DomainError):
    """An organization is dissolved into another one that lies elsewhere."""

    message = _(
        "%(name)s cannot be dissolved into %(target)s, which is the same or lies below"
        " it. Nothing was changed: choose another organization."
    )


class MergesUnlike(DomainError):
    """Only organizations that hold the same things are merged."""

    message = _(
        "%(name)s cannot be dissolved into %(target)s: a community only into a"
        " community, a branch or group only into one that has members. Nothing was"
        " changed: choose another organization."
    )


class KindFitsNotThere(DomainError):
    """Some kinds do not lie below others: members would count twice, or nowhere."""

    message = _(
        "%(name)s cannot be a %(kind)s below a %(parent)s. Nothing was changed: choose"
        " another kind, or another organization above it."
    )


class KindFitsNotAbove(DomainError):
    """What lies below an organization fits below its new kind, too."""

    message = _(
        "%(name)s cannot be a %(kind)s: %(below)s below it is a %(child)s. Nothing was"
        " changed: choose another kind, or put what lies below elsewhere first."
    )


class FilingStays(DomainError):
    """What files returns goes on filing them, and nothing else begins to."""

    message = _(
        "%(name)s is a %(former)s and cannot become a %(kind)s: its members, returns"
        " and rounds depend on it. Nothing was changed: found a new organization of"
        " that kind, and let the members change to it."
    )


class NothingSplitOff(DomainError):
    """A split takes at least one member along."""

    message = _(
        "Nobody was chosen. Nothing was changed: tick who belongs to the new"
        " organization."
    )


class NobodyStays(DomainError):
    """A split leaves at least one member where they are."""

    message = _(
        "Nobody would stay in %(name)s. Nothing was changed: leave out who stays, or"
        " rename it instead of splitting it."
    )


class NothingChanges(DomainError):
    """A decision gives an organization something new."""

    message = _(
        "%(name)s has these names, this kind and this guide already. Nothing was"
        " recorded: change at least one of them."
    )


class NotACommunity(DomainError):
    """Check-ins, agreements, projects and posts are with communities."""

    message = _("%(name)s is not a community. Nothing was saved: choose a community.")


class WrongCreditCode(DomainError):
    """A social credit code has eighteen characters; the last is a check character."""

    message = _(
        "%(code)s is not a social credit code: it has 18 characters, "
        "the last of which checks the others. Nothing was saved: copy "
        "it from the certificate once more."
    )


class NameTaken(DomainError):
    """Siblings cannot have one name, because sheets identify them by name."""

    message = _(
        "“%(name)s” is the name of another organization below %(parent)s. Nothing was"
        " changed: choose another."
    )


class IsOtherName(DomainError):
    """The name is one under which sheets write a sibling."""

    message = _(
        "“%(name)s” is another name of %(other)s, by which sheets find it. Nothing was"
        " changed: choose another name, or take that one from %(other)s first."
    )


class WouldFormCycle(DomainError):
    """A node cannot be moved below itself."""

    message = _("%(name)s cannot be moved below itself. The tree was left as it was.")


class StillHasChildren(DomainError):
    """An organization with open organizations below it cannot be ended."""

    message = _(
        "%(name)s still has organizations below it. End or move those first; nothing"
        " was changed."
    )


class StillInUse(DomainError):
    """Records of an organization, unit or project must be settled before it ends."""

    message = _(
        "%(name)s cannot end on %(day)s: these records would remain open: %(left)s."
        " Nothing was changed: settle this first, then end it."
    )


class MonthIsClosed(DomainError):
    """Published figures and ledger lines of a closed month never change."""

    message = _(
        "%(month)s is closed for %(name)s. Nothing was saved: date it into an open"
        " month, or record a supplement there."
    )


class ChangedLater(DomainError):
    """An organization's past is not rewritten: changes follow one another."""

    message = _(
        "%(name)s was last changed on %(day)s. Nothing was saved: choose that day or a"
        " later one, up to today."
    )


class ChangedSince(DomainError):
    """What a decision did is taken back only where nothing changed it since."""

    message = _(
        "%(name)s was changed again after this decision. Nothing was voided: void the"
        " later change first, or take a new decision that puts it right."
    )


class DecidedSince(DomainError):
    """Decisions are voided one after the other, the latest first."""

    message = _(
        "A later decision rests on this one: %(decision)s. Nothing was voided: void"
        " that one first, if it was a mistake, too."
    )


class RecordedSince(DomainError):
    """An organization with records of its own was not founded by mistake alone."""

    message = _(
        "%(name)s has records by now: %(left)s. Nothing was voided: void these first"
        " if they are mistakes, too; otherwise dissolve it into another organization."
    )


class PaidSince(DomainError):
    """A fund with new entries stays where these were made."""

    message = _(
        "There were new entries since the decision: %(left)s. Nothing was voided: found"
        " an organization anew and let go along what belongs to it."
    )


class DecidedBeforeMonthClosed(DomainError):
    """What closed months have published is not taken back."""

    message = _(
        "%(month)s is closed for %(name)s, and the decision counts in it: what was"
        " published stays. Nothing was voided: take a new decision that puts it right"
        " from a day in an open month."
    )


class NotRemembered(DomainError):
    """Decisions of an earlier version did not note what they moved."""

    message = _(
        "This decision was recorded before it was noted what goes back. Nothing was"
        " voided: take a new decision that puts it right."
    )


class DecisionVoided(DomainError):
    """A decision is voided once."""

    message = _("This decision was voided on %(day)s already. Nothing was changed.")


class DecidedThatDay(DomainError):
    """Who came by one decision goes by another one on a later day at the earliest."""

    message = _(
        "%(name)s took members over on %(day)s (%(decision)s), and nobody belongs to"
        " two organizations in one day. Nothing was changed: let this decision take"
        " effect on the following day or later, or void the earlier one if it was a"
        " mistake."
    )


class ThresholdRuns(DomainError):
    """A rule's new number begins after the one in force began."""

    message = _(
        "The number in force has been so since %(day)s. Nothing was saved: let the new"
        " one begin on a later day."
    )


class UnitEnded(DomainError):
    """The unit has left the register already."""

    message = _("%(name)s was taken off the register on %(day)s. Nothing was changed.")


class UnknownOrganization(DomainError):
    """No organization has that name."""

    message = _(
        "No Party organization has the name “%(text)s”. Write its name "
        "as recorded in the system, or have this name added as an "
        "alias."
    )


class AmbiguousOrganization(DomainError):
    """Several organizations have that name."""

    message = _(
        "“%(text)s” may mean several Party organizations: %(candidates)s. Write the"
        " whole name."
    )


class OutsideOwnArea(DomainError):
    """The person has no right to keep records in the organization."""

    message = _(
        "“%(text)s” is outside your area: you have no right to keep records there."
    )


class OutsideChosenOrganization(DomainError):
    """The organization is not part of the one chosen for the sheet."""

    message = _(
        "“%(text)s” is not part of %(chosen)s, the organization chosen for this"
        " sheet: choose a higher organization, or take the row out."
    )
