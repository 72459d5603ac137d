"""Refusals about files, imports and jobs."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from sheets.read import UnwantedTable


class FileTooLarge(DomainError):
    """The upload exceeds the size limit."""

    message = _(
        "The file has %(size)s MB; at most %(limit)s MB are accepted. "
        "Nothing was read: delete pictures and empty sheets, or split "
        "the table into several files."
    )


class NotWaiting(DomainError):
    """The batch is in another state than the action needs."""

    message = _(
        "This import is no longer waiting: it is “%(state)s”. Nothing was done a second"
        " time."
    )


class NothingToEnter(DomainError):
    """No row of the sheet would change anything."""

    message = _(
        "No row of this sheet would enter or change anything, so there is nothing to"
        " confirm. Nothing was written."
    )


class FileErased(DomainError):
    """The uploaded file has been erased after its retention time."""

    message = _(
        "The uploaded file has been erased, because files with personal data are only"
        " kept for a time. Nothing was changed: upload the sheet again."
    )


class FileMissing(DomainError):
    """The row says that a file is kept, and the disk does not have it."""

    message = _(
        "This file is no longer on the server; its record is still there, and nothing"
        " else is affected. If you have your own copy, upload it again; otherwise ask"
        " the system administrator to bring it back from a backup."
    )


class FileUnreadable(DomainError):
    """The bytes on disk are damaged, or the key that encrypted them is missing."""

    message = _(
        "The server cannot read this file: it is damaged, or the key that encrypted it"
        " is missing. Nothing was changed: tell the system administrator."
    )


class StorageFull(DomainError):
    """The disk has no room for the file, or cannot be written."""

    message = _(
        "The server cannot store the file, probably because its disk is full. Nothing"
        " was kept or changed: tell the system administrator, then upload it again."
    )


class TooMuchUnderWay(DomainError):
    """The person has as much work waiting or under way as one person may."""

    message = _(
        "You already have %(count)s pieces of work waiting or under way. Nothing was"
        " taken in or changed: wait until one of them is finished, then try again."
    )


class ClockInDoubt(DomainError):
    """The server's date is far from the last day that the installation knows."""

    message = _(
        "The server says that today is %(today)s; the last day it was at work is"
        " %(known)s. Nothing was opened or closed: ask the system administrator to put"
        " the clock right, or to confirm the date on their desk."
    )


class ChooseOrganization(DomainError):
    """The person keeps records in several places and must choose one."""

    message = _(
        "You keep records in several places. Nothing was read: choose "
        "the one that the sheet is from (%(codes)s)."
    )


class NoRoleToImport(DomainError):
    """The person may not import this kind of sheet anywhere."""

    message = _(
        "You have no role that allows importing this kind of sheet. Nothing was read."
    )


class UnwantedSheet(UnwantedTable):
    """The sheet is not imported; `notes` are what the page needs to correct it."""

    notes: Mapping[str, Any] | None = None

    @property
    def recognized(self) -> Sequence[Mapping[str, str]]:
        """What each sheet seems to be."""
        notes = self.notes or {}
        recognized: Sequence[Mapping[str, str]] = notes.get("recognized", ())
        return recognized


class OtherSheet(UnwantedSheet):
    """The sheet seems to be of a type that the kind does not read."""

    message = _(
        "Sheet “%(sheet)s” seems to be: %(type)s, not: %(kind)s. %(reason)s Nothing was"
        " imported from it. If it is something else, choose what it is and have it"
        " read again."
    )


class OtherPeople(OtherSheet):
    """The sheet lists people, and lacks the columns that would identify them."""

    message = _(
        "Sheet “%(sheet)s” seems to be: %(type)s, not: %(kind)s. %(reason)s These"
        " columns are missing: %(missing)s. Nothing was imported from it. If it is"
        " something else, choose what it is and have it read again."
    )


class IncompleteSheet(UnwantedSheet):
    """The sheet is of a type that is read, and lacks columns that must be there."""

    message = _(
        "Sheet “%(sheet)s” seems to be: %(type)s (%(evidence)s), but these columns are"
        " missing: %(missing)s. Nothing was imported from it. Add them, or give them"
        " the names of the template, and upload again; if it is something else, choose"
        " what it is and have it read again."
    )


class UnknownSheet(UnwantedSheet):
    """Nothing on the sheet shows its type."""

    message = _(
        "Sheet “%(sheet)s” was not recognized as: %(kind)s. No title "
        "names it, and these columns are missing: %(missing)s. Nothing "
        "was imported from it. Add them, or choose the type of the "
        "sheet and have it read again."
    )


class DoubtfulSheet(UnwantedSheet):
    """No title says what the sheet is, and much of it is of another trade."""

    message = _(
        "No title says what sheet “%(sheet)s” is. Its columns %(headings)s do not"
        " belong to: %(kind)s, so it may be another list. Nothing was imported from it."
        " If it is one, choose the type of the sheet and have it read again."
    )


class FewPartyColumns(UnwantedSheet):
    """No title says what the sheet is, and its few columns stand on many lists."""

    message = _(
        "No title says what sheet “%(sheet)s” is. What it has of: %(kind)s are the"
        " columns %(headings)s alone, and they also stand on lists of visits,"
        " appraisals, awards or transfers. Nothing was imported from it. If it is one,"
        " choose the type of the sheet and have it read again."
    )


class MixedSheet(UnwantedSheet):
    """Many people on the sheet are not of the kind, though all columns are there."""

    message = _(
        "Many of the people on sheet “%(sheet)s” do not belong on: %(kind)s. Nothing"
        " was imported from it. Take them out, or choose what the sheet is and have it"
        " read again."
    )


class PlanningTooSlow(DomainError):
    """Planning the rows takes longer than a sheet may hold up the others."""

    message = _(
        "Checking the rows took longer than %(minutes)s minutes and was stopped at row"
        " %(row)s. Nothing was written: split the table into several files and upload"
        " them one after the other."
    )


class AnswersMissing(DomainError):
    """The sheet leaves a question open that the person who confirms must answer."""

    message = _(
        "The sheet does not say: %(questions)s. Nothing was written: answer this first,"
        " then check the new preview and confirm it."
    )


class DoubtsUnseen(DomainError):
    """The sheet says something that no rule understands and nobody has looked at."""

    message = _(
        "The sheet says something that only people can judge: %(texts)s. Nothing was"
        " written: look at the list above, tick what is not to be entered, and say that"
        " you have looked at it."
    )


class LeftOutAsAnswered(DomainError):
    """Somebody looked at what a sheet says of a row and left the row out."""

    message = _(
        "Left out, as answered, because of “%(text)s” (%(source)s). To enter it after"
        " all, take the tick away and read the sheet again."
    )


class LeftOutForMark(DomainError):
    """Somebody looked at a row that is struck through or hidden, and left it out."""

    message = _(
        "Left out, as answered, because the row is: %(source)s. To enter it after all,"
        " take the tick away and read the sheet again."
    )


class StartsInFuture(DomainError):
    """Membership cannot begin on a day that has not come."""

    message = _(
        "The first day of membership lies in the future. Nothing was written: choose"
        " today or an earlier day."
    )


class JobAbandoned(DomainError):
    """A job failed as often as is allowed."""

    message = _(
        "The job failed %(times)s times and is not tried again. Nothing"
        " was partly written: please start it again; if it fails again,"
        " tell the street office."
    )


class PlanChanged(DomainError):
    """The plan differs from the one that the preview showed."""

    message = _(
        "Records changed after this preview was made, so the sheet would now come out"
        " differently. Nothing was written: look at the new preview below and confirm"
        " again."
    )


class TooManyRows(DomainError):
    """The list has more rows than a sheet can have."""

    message = _(
        "This list has %(count)s rows; a sheet holds %(most)s. Nothing was handed out:"
        " filter the list, or take it as CSV."
    )


class NoLongerPermitted(DomainError):
    """The role that permitted the work was ended before the work was done."""

    message = _(
        "The role for this work was ended meanwhile, so nothing was entered and nothing"
        " handed out. Somebody who holds the role can do it again."
    )
