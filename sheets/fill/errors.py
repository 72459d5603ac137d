"""Refusals of forms that cannot be filled."""

from typing import NoReturn

from django.utils.translation import gettext_lazy as _

from sheets.read.errors import UnreadableFile


class NotAWorkbook(UnreadableFile):
    """A table of another kind: .xls, .csv."""

    message = _(
        "The file is not a workbook of the type .xlsx, so it cannot be filled without"
        " changing how it looks; nothing was stored. Open it in Excel or WPS, save it"
        " as .xlsx and upload that copy."
    )


class OtherDocument(UnreadableFile):
    """A document of another kind: a PDF file, a letter, a picture."""

    message = _(
        "The file is %(kind)s, not a workbook of the type .xlsx, so its cells cannot"
        " be filled; nothing was stored. Ask the sender for the form as .xlsx and"
        " upload that."
    )


class MacroWorkbook(UnreadableFile):
    """The workbook has macros or controls."""

    message = _(
        "The workbook contains macros or controls, which are not accepted; nothing was"
        " stored. Save it as .xlsx without macros and upload that copy."
    )


class OverlappingMerges(UnreadableFile):
    """Two merged cells share a place, as no office program lets them."""

    message = _(
        "Merged cells overlap at %(cell)s, as no office program lets them: the workbook"
        " is damaged or was tampered with; nothing was stored. Open it in Excel or WPS,"
        " save it again and upload that copy, or ask the sender for another one."
    )


class TooLargeForm(UnreadableFile):
    """The workbook has more than any form: reading it would hold up everybody."""

    message = _(
        "The workbook has more than %(limit)s %(what)s altogether, far more than a form"
        " to be filled in by hand; nothing was stored. Delete empty rows and sheets, or"
        " ask the sender for the form alone, and upload that copy."
    )


class ActiveContent(UnreadableFile):
    """The workbook fetches or sends something once somebody opens it."""

    message = _(
        "The workbook contains %(what)s (%(where)s), which can fetch something from"
        " elsewhere or send our numbers there; nothing was stored. Delete that in Excel"
        " or WPS, or keep only its result, and upload the copy; or ask the sender for a"
        " form without it."
    )


LONGEST_PLACE = 100
LINKED_FILE = _("a link to another file")
DATA_CONNECTION = _("a connection to outside data")
EMBEDDED_OBJECT = _("an embedded object")
WEB_ADD_IN = _("an add-in from the web")
WEB_PICTURE = _("a picture from the web")
WEB_PUBLISHING = _("publishing on the web when it is saved")
NO_COMPUTING_FUNCTION = _(
    "the function %(name)s, which is none of those that only compute"
)
LINK_OF_VALUES = _("a link whose address is computed from cells")


def refuse_content(what: object, where: str) -> NoReturn:
    """Refuse a workbook for what is in it at a place."""
    raise ActiveContent(what=what, where=where[:LONGEST_PLACE])


class SignedWorkbook(UnreadableFile):
    """The workbook is digitally signed: any change would break the signature."""

    message = _(
        "The workbook is digitally signed, and the signature would not survive a"
        " filled cell; nothing was stored. Ask the sender for an unsigned copy."
    )
