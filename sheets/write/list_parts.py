"""The small parts of a list's workbook: what it holds, its styles, its properties."""

import datetime as dt
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import pgettext

from sheets.write.list_sheet import GENERAL, ListColumn

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
BODY_FONT, TITLE_FONT = "仿宋", "黑体"
TEXT = "@"
TITLE, FACTS, HEADING = 1, 2, 3
"""The styles of the lines above the rows; 0 is that of a cell without any."""
FIRST_FORMAT = 164  # lower numbers are the program's own

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.{kind}+xml"/>'
        for part, kind in (
            (
                "xl/workbook.xml",
                "openxmlformats-officedocument.spreadsheetml.sheet.main",
            ),
            (
                "xl/worksheets/sheet1.xml",
                "openxmlformats-officedocument.spreadsheetml.worksheet",
            ),
            (
                "xl/styles.xml",
                "openxmlformats-officedocument.spreadsheetml.styles",
            ),
            ("docProps/core.xml", "openxmlformats-package.core-properties"),
        )
    )
    + "</Types>"
)


def relationships(*targets: tuple[str, str]) -> str:
    """Return which parts belong to a part, each with its type."""
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
    )


PACKAGE_RELATIONSHIPS = relationships(
    (f"{OFFICE}/officeDocument", "xl/workbook.xml"),
    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
WORKBOOK_RELATIONSHIPS = relationships(
    (f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
    (f"{OFFICE}/styles", "styles.xml"),
)


def workbook(name: str, heading_row: int) -> str:
    """Return the workbook: one sheet, whose heading is printed on each page."""
    quoted = escape("'" + name.replace("'", "''") + "'")
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets>'
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'
        f"{quoted}!${heading_row}:${heading_row}</definedName></definedNames></workbook>"
    )


def properties(title: str, made_at: dt.datetime) -> str:
    """Return the title and when the workbook was made."""
    at = made_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{at}</dcterms:created>'
        "</cp:coreProperties>"
    )


class Styles:
    """The styles of a list: those of the lines above, then those its cells need."""

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        self.formats: list[str] = []
        day = pgettext("day in a spreadsheet", "yyyy-mm-dd")
        month = pgettext("month in a spreadsheet", "yyyy-mm")
        self.by_column = [
            {
                "text": self._number_of(TEXT),
                "number": self._number_of(column.number_format),
                "day": self._number_of(month if column.is_month else day),
                "moment": self._number_of(f"{day} hh:mm"),
            }
            for column in columns
        ]

    def _number_of(self, number_format: str) -> int:
        if number_format not in self.formats:
            self.formats.append(number_format)
        return HEADING + 1 + self.formats.index(number_format)

    def as_xml(self) -> str:
        """Return the fonts, the border, the formats, and the styles made of them."""
        formats = "".join(
            f'<numFmt numFmtId="{FIRST_FORMAT + number}" formatCode={quoteattr(text)}/>'
            for number, text in enumerate(self.formats)
        )
        return (
            f'{HEAD}<styleSheet xmlns="{MAIN}">'
            f'<numFmts count="{len(self.formats)}">{formats}</numFmts>{FONTS}'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            f'<borders count="2"><border/><border>{EDGES}</border></borders>'
            f'<cellStyleXfs count="1">{NORMAL}/></cellStyleXfs>'
            f'<cellXfs count="{HEADING + 1 + len(self.formats)}">'
            f"{LINES}{''.join(self._cell_styles())}</cellXfs>"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
            "</cellStyles></styleSheet>"
        )

    def _cell_styles(self) -> list[str]:
        return [
            f'<xf numFmtId="{0 if text == GENERAL else FIRST_FORMAT + number}"'
            ' fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"'
            ' applyBorder="1" applyAlignment="1"><alignment vertical="center"'
            f' wrapText="{int(text == TEXT)}"/></xf>'
            for number, text in enumerate(self.formats)
        ]


def _font(name: str, size: int, *, bold: bool = False) -> str:
    weight = "<b/>" if bold else ""
    return f'<font>{weight}<sz val="{size}"/><name val="{name}"/></font>'


FONTS = (
    f'<fonts count="3">{_font(BODY_FONT, 12)}{_font(TITLE_FONT, 18, bold=True)}'
    f"{_font(BODY_FONT, 12, bold=True)}</fonts>"
)
EDGES = "".join(
    f'<{edge} style="thin"><color auto="1"/></{edge}>'
    for edge in ("left", "right", "top", "bottom")
)
NORMAL = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"'
LINES = (
    f'{NORMAL} xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"'
    ' applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>'
    f'{NORMAL} xfId="0" applyAlignment="1">'
    '<alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="2" fillId="0" borderId="1" xfId="0" applyFont="1"'
    ' applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
)
