"""Reasons why one row of a register of mobile members is refused."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class AwaySinceOtherDay(DomainError):
    """The member is recorded as away since another day."""

    message = _(
        "%(name)s is recorded as away since %(day)s already. Correct the day, or record"
        " the return on the member's page first"
    )


class BackOnOtherDay(DomainError):
    """The return is recorded on another day."""

    message = _("the return of %(name)s is recorded on %(day)s already")


class BackBeforeAway(DomainError):
    """The return lies before the departure."""

    message = _("%(day)s does not lie after the day of leaving")


class BackWithoutDay(DomainError):
    """The register says that the person is back, and such rows are left out."""

    message = _(
        "“%(text)s” says that the person is back, and such rows are left out, as"
        " answered. Write the day of returning to have the return recorded"
    )


class BelongsToNoBranch(DomainError):
    """A person without a formal affiliation here cannot be away from a branch."""

    message = _(
        "%(name)s has no formal affiliation here, so no absence can be recorded"
    )


class BelongsHere(DomainError):
    """A member of the same community has not come from elsewhere."""

    message = _(
        "%(name)s formally belongs to %(recorded)s here and has not come from elsewhere"
    )


class CertificateOfAnother(DomainError):
    """Two members of one street have certificates of one number."""

    message = _(
        "the activity certificate no. %(number)s is another member's in this street:"
        " check the number"
    )


class GoneAgain(DomainError):
    """The person came and has left again, so there is nothing to record."""

    message = _("has left again, so there is nothing to record")


class HomeLeftOut(DomainError):
    """A branch of elsewhere is named, and the answer is to leave such rows out."""

    message = _(
        "“%(text)s” is no branch of the chosen organization, and such rows are left"
        " out, as answered"
    )


class MonthLeftOut(DomainError):
    """Only the month is known, and the answer is to leave such rows out."""

    message = _(
        "only the month is known, and such rows are left out, as answered. Write the"
        " day to have the row taken"
    )


class NotRecorded(DomainError):
    """No member here has the row's number."""

    message = _(
        "%(name)s is not recorded here and is left out, as answered. Enter the member"
        " first, or answer that such people are to be entered"
    )


class NotRecordedByName(DomainError):
    """The row has no number, and no member of the branch has the name."""

    message = _(
        "the row has no identity number, and no member of that name is recorded in the"
        " branch: add the number"
    )


class SeveralOfTheName(DomainError):
    """The row has no number, and several people of the branch have the name."""

    message = _(
        "the row has no identity number, and the branch has several members of that"
        " name: add the number"
    )


class NumberOrBranchMissing(DomainError):
    """Neither a number nor a branch identifies the person."""

    message = _(
        "the row has neither an identity number nor a branch, so the "
        "person cannot be identified"
    )
