"""Refusals about transfers and their letters."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class MovesToAnotherStreet(DomainError):
    """A move would lead out of the street without a letter (R-13)."""

    message = _(
        "%(organization)s is not below %(street)s: to another street the membership of"
        " %(name)s is transferred by a letter. Nothing was changed: propose the"
        " transfer on the member's page."
    )


class NoStreetAbove(DomainError):
    """Letters are issued and received by street working committees alone (R-13)."""

    message = _(
        "%(name)s belongs to no street, and only a street issues transfer letters."
        " Nothing was proposed: move the member below a street first."
    )


class TransferMovedOn(DomainError):
    """The transfer is in another state than the step needs."""

    message = _(
        "This transfer is “%(state)s” by now, and this step no longer fits. Nothing was"
        " changed: look at its page for what comes next."
    )


class TransferUnderWay(DomainError):
    """The affiliation of a member is on its way to another organization."""

    message = _(
        "A transfer of %(name)s is under way (%(state)s). Nothing was changed: let it"
        " be received, or void it on its page first."
    )


class LettersDiffer(DomainError):
    """People who go to different places cannot stand on one letter."""

    message = _(
        "One letter goes from one street to one place. Nothing was issued: choose only"
        " people who go to the same place."
    )


class LetterNoLongerValid(DomainError):
    """A letter from outside was handed in too late."""

    message = _(
        "The letter was valid until %(day)s. Nothing was recorded: the committee that"
        " issued it has to issue a new one."
    )


class BranchElsewhere(DomainError):
    """The branch of arrival is not below the organization that receives."""

    message = _(
        "%(branch)s does not belong to %(organization)s. Nothing was changed: choose"
        " one of its branches."
    )


class BranchRequired(DomainError):
    """A transfer is received into a branch."""

    message = _(
        "No branch is chosen. Nothing was received: choose the branch to which the"
        " member will belong."
    )
