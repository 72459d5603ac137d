"""Why one row of a roster is refused."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class RowRefused(DomainError):
    """One cell of the row cannot be taken."""

    message = _("Row %(row)s, %(column)s: %(reason)s")


class Missing(DomainError):
    """A value without which nobody is recorded."""

    message = _("this is missing and must be filled in")


class SexContradicts(DomainError):
    """The sex column and the identity number do not fit."""

    message = _(
        "the sheet says %(said)s, but the identity number belongs to %(meant)s: correct"
        " the sex or the number"
    )


class JoinInFuture(DomainError):
    """A day that has not come."""

    message = _("the date %(day)s lies later than today")


class NotAMember(DomainError):
    """Somebody on the way into the Party."""

    message = _("“%(text)s” is not a Party member and does not belong on this roster")


class UnknownType(DomainError):
    """Neither full nor probationary, nor any category."""

    message = _("“%(text)s” is not known here: write 正式党员 or 预备党员")


class TooLong(DomainError):
    """More text than there is room for."""

    message = _("has %(length)s characters; at most %(limit)s are taken")


class TooManyRefused(DomainError):
    """So many rows are wrong that the sheet is: nobody reads thousands of refusals."""

    message = _(
        "Reading stopped at row %(row)s: %(count)s rows of the sheet cannot be taken,"
        " and nothing was imported. Correct what they have in common and upload the"
        " sheet again. The first of them: %(first)s"
    )


class BranchMissing(DomainError):
    """Nothing says which branch the member belongs to."""

    message = _(
        "this is missing: no branch stands in the row, in the heading above it, or in"
        " the name of the sheet"
    )


class BranchesDiffer(DomainError):
    """The lines above the table and the sheet's name do not mean the same branch."""

    message = _(
        "the title and the sheet's name mean different branches: %(names)s. Correct"
        " them, or name the branch in each row"
    )


class SheetOfOthers(DomainError):
    """The title or heading is another place's, and so are the short names below it."""

    message = _(
        "the title or heading above says “%(named)s”, which is outside your area or the"
        " organization chosen: upload the sheet of your own, or write the branch's name"
        " in full"
    )


class TwiceInFile(DomainError):
    """The same person stands further up in the file."""

    message = _(
        "duplicate: the same identity number stands in row %(first)s already; nobody is"
        " entered twice"
    )


class TwiceInSheets(DomainError):
    """The same person stands on another sheet of the file."""

    message = _(
        "duplicate: the same identity number stands on sheet “%(sheet)s” in row"
        " %(first)s already; nobody is entered twice"
    )


class RecordedByOtherName(DomainError):
    """One number, two names: a typing mistake in either, or a name that changed."""

    message = _(
        "this identity number is recorded under the name %(recorded)s, the roster says"
        " %(said)s. An import renames nobody: correct the number or the name on the"
        " roster, or the name on the member's page"
    )


class RecordedInOtherBranch(DomainError):
    """The roster names another branch than the records."""

    message = _(
        "%(name)s is recorded at %(recorded)s, the roster says %(said)s. An import"
        " moves nobody: move the member, or correct the roster"
    )


class InServiceOfNoCommunity(DomainError):
    """An in-service member is checked in with a community, and there is none."""

    message = _(
        "%(name)s is an in-service member, and %(place)s lies in no community where he"
        " could be checked in"
    )


class CheckedInElsewhere(DomainError):
    """An in-service member of this area is checked in with another community."""

    message = _(
        "%(name)s is recorded as an in-service member of %(recorded)s. An import moves"
        " nobody: end that check-in first"
    )
