"""Refusals about files and long work."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from sheets.read import UnwantedTable


class FileTooLarge(DomainError):
    """The upload is larger than any sheet need be."""

    message = _(
        "The file has %(size)s MB; at most %(limit)s MB are taken. Nothing was read:"
        " delete pictures and empty sheets, or split the table into several files."
    )


class NotWaiting(DomainError):
    """The batch has left the state in which this could be done."""

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
    """The uploaded file's time is over."""

    message = _(
        "The uploaded file has been erased, because files with personal data are only"
        " kept for a time. Nothing was changed: upload the sheet again."
    )


class ChooseOrganization(DomainError):
    """The person keeps records in several places, so the place must be said."""

    message = _(
        "You keep records in several places. Nothing was read: say which one the sheet"
        " is from (%(codes)s)."
    )


class NoScope(DomainError):
    """The person may not bring in this kind of sheet anywhere."""

    message = _(
        "You have no role that allows importing this kind of sheet. Nothing was read."
    )


class UnwantedSheet(UnwantedTable):
    """The sheet is not read; `recognized` is what each sheet seems to be."""

    recognized: Sequence[Mapping[str, str]] = ()


class OtherSheet(UnwantedSheet):
    """The sheet seems to be of a type that the kind does not read."""

    message = _(
        "Sheet “%(sheet)s” seems to be: %(type)s, not: %(kind)s. %(reason)s Nothing was"
        " imported from it. If it is something else, choose what it is and have it"
        " read again."
    )


class OtherPeople(OtherSheet):
    """The sheet names people, and lacks the columns that would say who they are."""

    message = _(
        "Sheet “%(sheet)s” seems to be: %(type)s, not: %(kind)s. %(reason)s These"
        " columns are missing: %(missing)s. Nothing was imported from it. If it is"
        " something else, choose what it is and have it read again."
    )


class UnknownSheet(UnwantedSheet):
    """Nothing on the sheet says what it is."""

    message = _(
        "Nothing on sheet “%(sheet)s” says that it is: %(kind)s. No title says so, and"
        " these columns are missing: %(missing)s. Nothing was imported from it. Add"
        " them, or choose what the sheet is and have it read again."
    )


class MixedSheet(UnwantedSheet):
    """Many people on the sheet are not of the kind, though all columns are there."""

    message = _(
        "Many of the people on sheet “%(sheet)s” do not belong on: %(kind)s. Nothing"
        " was imported from it. Take them out, or choose what the sheet is and have it"
        " read again."
    )


class AnswersMissing(DomainError):
    """The sheet leaves something open that the person who confirms has to say."""

    message = _(
        "The sheet does not say: %(questions)s. Nothing was written: answer this first,"
        " then check the new preview and confirm it."
    )


class StartsInFuture(DomainError):
    """Membership cannot begin on a day that has not come."""

    message = _(
        "The first day of membership lies in the future. Nothing was written: choose"
        " today or an earlier day."
    )


class JobAbandoned(DomainError):
    """A job broke down as often as it may."""

    message = _(
        "The work broke off %(times)s times and was given up. Nothing was half done:"
        " please start it again; if it stops again, tell the street office."
    )


class PlanChanged(DomainError):
    """The plan is no longer the one that the preview showed."""

    message = _(
        "Records changed after this preview was made, so the sheet would now come out"
        " differently. Nothing was written: look at the new preview below and confirm"
        " again."
    )
