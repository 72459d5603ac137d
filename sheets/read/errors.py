"""Refusals of a whole file or table, with messages for the sender."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class UnreadableFile(DomainError):
    """The file could not be read; nothing was imported."""

    message = _(
        "The file could not be read, and nothing was imported. Open it in Excel or"
        " WPS, save it again as .xlsx and upload that copy."
    )


class MissingFile(UnreadableFile):
    """The file is not where it was kept: nothing is wrong with the sender's copy."""

    message = _(
        "The uploaded file is no longer on the server, and nothing was imported. Your"
        " own copy is not affected: upload it again, or ask the street office if it"
        " happens again."
    )


class DamagedFile(UnreadableFile):
    """The file is truncated or inconsistent."""

    message = _(
        "The file is damaged or incomplete, and nothing was imported. Open it in"
        " Excel or WPS, save it again as .xlsx and upload that copy."
    )


class EmptyFile(UnreadableFile):
    """The file has no content."""

    message = _("The file is empty, and nothing was imported. Choose another file.")


class EncryptedFile(UnreadableFile):
    """The file is protected by a password."""

    message = _(
        "The file is encrypted with a password, and nothing was imported. Take the"
        " password off in Excel or WPS, save the file and upload it again."
    )


class WebPage(UnreadableFile):
    """The file is a web page with the name of a workbook."""

    message = _(
        "The file is a web page with the name of a workbook, and nothing was"
        " imported. Open it in Excel or WPS, choose “Save as”, take the type .xlsx"
        " and upload that copy."
    )


class XmlTable(UnreadableFile):
    """An XML spreadsheet of 2003, or any other bare XML."""

    message = _(
        "The file is an XML table, not a workbook, and nothing was imported. Open it"
        " in Excel or WPS, choose “Save as”, take the type .xlsx and upload that copy."
    )


class OtherFormat(UnreadableFile):
    """A file of another kind: a picture, a letter, an archive."""

    message = _(
        "The file is %(kind)s, not a sheet of the type .xlsx, .xls or .csv, and nothing"
        " was imported. Save the table as .xlsx and upload that."
    )


WORD_DOCUMENT = _("a Word document")
SLIDES = _("a presentation")
BINARY_WORKBOOK = _("a binary workbook (.xlsb)")
OPEN_DOCUMENT = _("an OpenDocument file (.ods)")
ZIP_ARCHIVE = _("a compressed archive")
PDF = _("a PDF file")
PICTURE = _("a picture")
OFFICE_FILE = _("an Office file without a workbook in it")
UNKNOWN_FILE = _("a file of an unknown kind")


class UnknownEncoding(UnreadableFile):
    """The encoding of the text cannot be determined."""

    message = _(
        "The text of the file is neither UTF-8 nor GB 18030, or it is damaged, and"
        " nothing was imported. Save the table as .xlsx and upload that."
    )


class OpenQuote(UnreadableFile):
    """A quotation mark in a text file is never closed."""

    message = _(
        "A quotation mark near record %(record)s of the text file has no partner, so"
        " rows could run into each other; nothing was imported. Correct it, or save"
        " the table as .xlsx and upload that."
    )


class ForbiddenMarkup(UnreadableFile):
    """The file declares a document type or entities, as no office program does."""

    message = _(
        "The file contains declarations that workbooks never have: it is damaged or"
        " was tampered with, and nothing was imported. Copy the table into a new"
        " workbook, save that as .xlsx and upload it."
    )


class TooLarge(UnreadableFile):
    """The file exceeds a limit."""

    message = _(
        "The file is too large once unpacked: it has more than %(limit)s %(what)s, and"
        " nothing was imported. Delete empty rows, columns and sheets, or split the"
        " table into several files, then upload again."
    )


MEGABYTES = _("megabytes")
ENTRIES = _("parts")
ELEMENTS = _("elements of markup")
SHEETS = _("sheets")
ROWS = _("rows")
BLANK_ROWS = _("blank rows")
COLUMNS = _("columns")
CELLS = _("cells")
CHARACTERS = _("characters in one cell")
ROW_CHARACTERS = _("characters in one row")
SHEET_CHARACTERS = _("characters in one sheet")
TEXTS = _("different texts")
MERGES = _("merged cells")


class TooSlow(UnreadableFile):
    """Reading took longer than the time limit."""

    message = _(
        "Reading the file took too long, and nothing was imported. Split the table"
        " into several files and upload them one by one."
    )


class UnreadableTable(DomainError):
    """The sheet can be read, but not the table in it."""

    message = _("No table was found, and nothing was imported.")


class NoTable(UnreadableTable):
    """No sheet has a header row with the expected columns."""

    message = _(
        "No header row with the columns %(columns)s was found in the first rows of any"
        " sheet, and nothing was imported. Compare the file with the template."
    )


class NoRows(UnreadableTable):
    """There is a header row, but no data below it."""

    message = _(
        "The header was found, but there is no row of data below it, and nothing was"
        " imported. Fill in the sheet, or choose another file."
    )


class MissingColumns(UnreadableTable):
    """There is a header row, but a required column is missing."""

    message = _(
        "Sheet “%(sheet)s” has a header row (row %(row)s), but these columns are"
        " missing: %(columns)s. Nothing was imported. Add them, or give them the names"
        " of the template, and upload again."
    )


class Rivals(NamedTuple):
    """Columns under one heading that may all be meant: by letters, with some values."""

    sheet: str
    field: str
    heading: str
    columns: Mapping[str, list[str]]


class DuplicateColumn(UnreadableTable):
    """Two columns have the same header; `rivals` are all such columns of the sheet."""

    message = _(
        "In sheet “%(sheet)s” the header “%(word)s” occurs in several columns"
        " (%(columns)s), and both may be meant. Nothing was imported. Choose one below"
        " if it is asked there, or rename or delete the others and upload again."
    )
    rivals: tuple[Rivals, ...] = ()
    notes: Mapping[str, Any] | None = None


class UnwantedTable(UnreadableTable):
    """The table is not of the kind that the caller reads; subclasses say what it is."""


class SecondTable(UnreadableTable):
    """Another table with other columns begins further down the sheet."""

    message = _(
        "In sheet “%(sheet)s” another table with other columns begins in row"
        " %(row)s. Nothing was imported. Put it on a sheet of its own and upload again."
    )
