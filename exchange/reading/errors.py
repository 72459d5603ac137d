"""Why a file, a table or a cell could not be read, in words for whoever sent it."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class UnreadableFile(DomainError):
    """No rows can be had from the file; nothing was imported."""

    message = _(
        "The file could not be read, and nothing was imported. Open it in Excel or"
        " WPS, save it again as .xlsx and upload that copy."
    )


class DamagedFile(UnreadableFile):
    """The file breaks off, or contradicts itself."""

    message = _(
        "The file is damaged or incomplete, and nothing was imported. Open it in"
        " Excel or WPS, save it again as .xlsx and upload that copy."
    )


class EmptyFile(UnreadableFile):
    """There is nothing in the file."""

    message = _("The file is empty, and nothing was imported. Choose another file.")


class EncryptedFile(UnreadableFile):
    """A password stands before the content."""

    message = _(
        "The file is encrypted with a password, and nothing was imported. Take the"
        " password off in Excel or WPS, save the file and upload it again."
    )


class WebPage(UnreadableFile):
    """An old system wrote a web page and called it a workbook."""

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
    """Text whose characters cannot be told."""

    message = _(
        "The text of the file is neither UTF-8 nor GB 18030, or it is damaged, and"
        " nothing was imported. Save the table as .xlsx and upload that."
    )


class OpenQuote(UnreadableFile):
    """A quotation mark in a text file swallows what follows it."""

    message = _(
        "A quotation mark near record %(record)s of the text file has no partner, so"
        " rows could run into each other; nothing was imported. Correct it, or save"
        " the table as .xlsx and upload that."
    )


class ForbiddenMarkup(UnreadableFile):
    """The file declares a document type or entities, which no office program does."""

    message = _(
        "The file contains declarations that workbooks never have: it is damaged or"
        " was tampered with, and nothing was imported. Copy the table into a new"
        " workbook, save that as .xlsx and upload it."
    )


class TooLarge(UnreadableFile):
    """More of something than is read."""

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
COLUMNS = _("columns")
CELLS = _("cells")
CHARACTERS = _("characters in one cell")
TEXTS = _("different texts")
MERGES = _("merged cells")


class TooSlow(UnreadableFile):
    """Reading took longer than a file is given."""

    message = _(
        "Reading the file took too long, and nothing was imported. Split the table"
        " into several files and upload them one by one."
    )


class UnreadableTable(DomainError):
    """The sheet can be read, but not the table in it."""

    message = _("No table was found, and nothing was imported.")


class NoTable(UnreadableTable):
    """No sheet has a header row with the words that are looked for."""

    message = _(
        "No header row with the columns %(columns)s was found in the first rows of any"
        " sheet, and nothing was imported. Compare the file with the template."
    )


class MissingColumns(UnreadableTable):
    """There is a header row, but a column that is needed is not in it."""

    message = _(
        "Sheet “%(sheet)s” has a header row (row %(row)s), but these columns are"
        " missing: %(columns)s. Nothing was imported. Add them, or give them the names"
        " of the template, and upload again."
    )


class DuplicateColumn(UnreadableTable):
    """Two columns claim to be the same thing."""

    message = _(
        "In sheet “%(sheet)s” the header “%(word)s” stands in several columns"
        " (%(columns)s), so it cannot be told which is meant. Nothing was imported."
        " Rename or delete the others and upload again."
    )


class SecondTable(UnreadableTable):
    """Further down the sheet another header with other columns begins."""

    message = _(
        "In sheet “%(sheet)s” another table with other columns begins in row"
        " %(row)s. Nothing was imported. Put it on a sheet of its own and upload again."
    )


class BadValue(DomainError):
    """One cell cannot be taken; the caller adds which row and column."""

    message = _("The content of the cell cannot be read.")


class RefusedByRule(BadValue):
    """A rule of the register refused the value; the sentence is the rule's own."""

    message = "%(reason)s"


class ErrorValue(BadValue):
    """The cell shows an error of the spreadsheet program."""

    message = _("The cell shows the error %(text)s: correct the formula first.")


class UncomputedFormula(BadValue):
    """The formula was never calculated, so there is no value to read."""

    message = _(
        "The cell holds a formula without a stored result: open the file in Excel or"
        " WPS, save it and upload it again."
    )


class LossyNumber(BadValue):
    """A long number was typed as a number, so its last digits are gone."""

    message = _(
        "The long number is stored in number format or scientific notation, and its"
        " last digits are lost (precision of 15 digits): set the cell to text format"
        " and type the number again."
    )


class BadName(BadValue):
    """What stands in the name column is no name."""

    message = _(
        "“%(text)s” is not a name: it contains the character “%(character)s”. Enter"
        " the name alone; remarks belong in another column."
    )


class NameTooLong(BadValue):
    """Longer than any name."""

    message = _("The name has %(length)s characters; at most %(limit)s are taken.")


class BadDate(BadValue):
    """No date can be read without guessing."""

    message = _(
        "“%(text)s” is not a date that can be read with certainty. Write year, month"
        " and day, for example 1978.07.01 or 1978年7月1日."
    )


class NoSuchDay(BadDate):
    """The calendar has no such month or day."""

    message = _("There is no such date as “%(text)s”. Please correct it.")


class ShortYear(BadDate):
    """A year of two digits could be in either century."""

    message = _(
        "The date “%(text)s” has a year of two digits: write all four, for example"
        " 1978.07.01."
    )


class YearNotFirst(BadDate):
    """Day and month cannot be told apart."""

    message = _(
        "In the date “%(text)s” day and month cannot be told apart: put the year"
        " first, for example 1978.07.01."
    )


class DateAsNumber(BadDate):
    """A number that may or may not be a date."""

    message = _(
        "“%(text)s” is stored as a number, not as a date (1978.10 would become 1978.1):"
        " set the cell to text or date format and enter the date again."
    )


class YearAsSerial(BadDate):
    """Only a year was typed into a date cell, which then shows a day of 1905."""

    message = _(
        "The cell shows the date %(text)s; probably only a year was typed into a cell"
        " in date format. Enter the whole date again."
    )


class BadSex(BadValue):
    """Neither male nor female."""

    message = _("The sex “%(text)s” is not known: enter 男 or 女.")


class BadEthnicity(BadValue):
    """Not one of the ethnic groups of the list, or not only one."""

    message = _(
        "The ethnic group “%(text)s” is not on the list: enter its full name, for"
        " example 汉族."
    )


class BadChoice(BadValue):
    """Not one of the words that may stand in the column."""

    message = _("“%(text)s” cannot be chosen here. Possible are: %(choices)s.")


class BadNumber(BadValue):
    """Not a plain number."""

    message = _(
        "“%(text)s” is not a number: enter digits alone, without units or remarks."
    )


class NotWhole(BadNumber):
    """A fraction where things are counted."""

    message = _("“%(text)s” is not a whole number.")
