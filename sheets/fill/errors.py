"""Refusals of forms that cannot be filled."""

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


class SignedWorkbook(UnreadableFile):
    """The workbook is digitally signed: any change would break the signature."""

    message = _(
        "The workbook is digitally signed, and the signature would not survive a"
        " filled cell; nothing was stored. Ask the sender for an unsigned copy."
    )
