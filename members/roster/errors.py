"""Reasons why one row of a roster is refused."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class RowRefused(DomainError):
    """One cell of the row is refused."""

    message = _("Row %(row)s, %(column)s: %(reason)s")


class Missing(DomainError):
    """A required value is missing."""

    message = _("this is missing and must be filled in")


class SexContradicts(DomainError):
    """The sex column contradicts the identity number."""

    message = _(
        "the sheet says %(said)s, but the identity number belongs to %(meant)s: correct"
        " the sex or the number"
    )


class JoinInFuture(DomainError):
    """The day is in the future."""

    message = _("the date %(day)s lies later than today")


class NotAMember(DomainError):
    """The person is not yet a Party member."""

    message = _("“%(text)s” is not a Party member and does not belong on this roster")


class NoMembership(DomainError):
    """The column of the political status is blank: no membership is stated."""

    message = _(
        "“%(heading)s” is blank, so nothing says that the person is a Party member"
    )


class HasLeft(DomainError):
    """The sheet says that the person has left or died."""

    message = _(
        "“%(text)s”: the person has left or died and is not a current "
        "member. If they are recorded, end the membership on their page"
    )


class BelowInflow(DomainError):
    """The heading above says that the people below it have come from elsewhere."""

    message = _(
        "row %(heading_row)s above says “%(text)s”: who is below it stays a member of"
        " their branch at home and is not counted here. Upload them as a register of"
        " mobile members"
    )


class BelowDeparted(DomainError):
    """The heading above says that the people below it have left or died."""

    message = _(
        "row %(heading_row)s above says “%(text)s”: who is below it has left or died"
        " and is not a current member. If they are recorded, end the membership on"
        " their page; if they are meant to be members, correct the heading"
    )


class BelowOthers(DomainError):
    """The heading above says that the people below it are no Party members."""

    message = _(
        "row %(heading_row)s above says “%(text)s”: who is below it is not a Party"
        " member and does not belong on this roster. If they are meant to be members,"
        " correct the heading"
    )


class RemarkOfMistake(DomainError):
    """A remark says that the person was listed by mistake or belongs elsewhere."""

    message = _(
        "“%(text)s”: the remark says that the person is listed by mistake, twice or not"
        " as a current member. If they are one, correct the remark"
    )


class CommunityMissing(DomainError):
    """Neither row nor title names the community an in-service member checks in with."""

    message = _(
        "this is missing: neither the row nor the title names a "
        "community, and the chosen organization is not one"
    )


class UnknownType(DomainError):
    """Neither full nor probationary, nor any category."""

    message = _("“%(text)s” is not known here: write 正式党员 or 预备党员")


class TooLong(DomainError):
    """The text is longer than the column allows."""

    message = _("has %(length)s characters; at most %(limit)s are accepted")


class TooManyRefused(DomainError):
    """Nearly all rows are refused, so the whole sheet is; nobody reads thousands."""

    message = _(
        "Reading stopped at row %(row)s: %(count)s rows of the sheet "
        "cannot be imported, and nothing was imported. Correct what "
        "they have in common and upload the sheet again. The first of "
        "them: %(first)s"
    )


class BranchMissing(DomainError):
    """Nothing names the branch of the member."""

    message = _(
        "this is missing: no branch is named in the row, in the heading"
        " above it, or in the name of the sheet"
    )


class BranchesDiffer(DomainError):
    """The lines above the table and the sheet's name mean different branches."""

    message = _(
        "the title and the sheet's name mean different branches: %(names)s. Correct"
        " them, or name the branch in each row"
    )


class SheetOfOtherOrganization(DomainError):
    """The title or heading names another office, so short names below it are unsafe."""

    message = _(
        "the title or heading above says “%(named)s”, which is outside your area or the"
        " organization chosen: upload the sheet of your own, or write the branch's name"
        " in full"
    )


class SheetOfUnknownOrganization(DomainError):
    """Title, heading or cell name a community that is nowhere in the tree."""

    message = _(
        "the title, the heading or the row says “%(named)s”, which is no organization"
        " of this system: such rows are left out, as answered"
    )


class TwiceInFile(DomainError):
    """The same person is listed in an earlier row."""

    message = _(
        "duplicate: the same identity number is already in row "
        "%(first)s; nobody is entered twice"
    )


class TwiceInSheets(DomainError):
    """The same person is listed on another sheet of the file."""

    message = _(
        "duplicate: the same identity number is already on sheet "
        "“%(sheet)s” in row %(first)s; nobody is entered twice"
    )


class RecordedUnderOtherName(DomainError):
    """The number is recorded under another name: a mistake or a changed name."""

    message = _(
        "this identity number is recorded under the name %(recorded)s, the roster says"
        " %(said)s. An import cannot rename members: correct the number or the name on"
        " the roster, or the name on the member's page"
    )


class RecordedInOtherBranch(DomainError):
    """The roster names another branch than the records."""

    message = _(
        "%(name)s is recorded at %(recorded)s, the roster says %(said)s. An import"
        " cannot move members: move the member, or correct the roster"
    )


class InServiceOfNoCommunity(DomainError):
    """The branch is in no community where an in-service member could check in."""

    message = _(
        "%(name)s is an in-service member, and %(organization)s lies in no community"
        " where they could be checked in"
    )


class CheckInOverlaps(DomainError):
    """The member was checked in on the day already, or later."""

    message = _(
        "%(name)s was checked in with %(community)s until %(until)s: the new check-in"
        " cannot begin before"
    )


class CheckedInElsewhere(DomainError):
    """An in-service member of this area is checked in with another community."""

    message = _(
        "%(name)s is recorded as an in-service member of %(recorded)s. "
        "An import does not move members: end that check-in first"
    )


class OneLetterForSeveral(DomainError):
    """Two new people of one name, and one letter that names them."""

    message = _(
        "row %(first)s has the same name, and one letter from outside names them: enter"
        " the right one on the page of the transfer"
    )
