"""Reads lists that left as files, and the same lists page by page."""

import csv
import datetime as dt
import html
import io
import re
from decimal import Decimal, InvalidOperation
from typing import Any

import openpyxl
from django.conf import settings
from django.template.defaultfilters import striptags
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.formats import date_format

from core.web.bulk_actions import TICKED_ROWS
from core.web.exports import is_exported
from sheets.write import HEADING_ROW

ROW = re.compile(r"<tr class=\"(?:even|odd)\">(.*?)</tr>", re.DOTALL)
CELL = re.compile(
    r"data-label=\"([^\"]*)\"><span class=\"cell\">(.*?)</span></td>", re.DOTALL
)
FORMATS = ("DATE_FORMAT", "SHORT_DATE_FORMAT")
MONTHS = ("YEAR_MONTH_FORMAT",)  # of a month, whose day says nothing
TIMES = ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")


def exported_names(patterns: Any = None, prefix: str = "") -> list[str]:
    """Names of every address whose page leaves as a file."""
    found = []
    for one in patterns or get_resolver().url_patterns:
        if isinstance(one, URLResolver) and one.namespace != "admin":
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            found += exported_names(one.url_patterns, space)
        elif isinstance(one, URLPattern) and is_exported(one.callback):
            found.append(f"{prefix}{one.name}")
    return found


def body(answer: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return answer.content


def read_book(content: bytes) -> list[dict[str, Any]]:
    """The rows of a list's workbook by their headings."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet.title != "Sheet1"
    rows = [
        [cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADING_ROW)
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def facts_of(content: bytes) -> str:
    """The line below the title of a list's workbook."""
    return openpyxl.load_workbook(io.BytesIO(content)).active.cell(2, 1).value


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The rows of a list's CSV by their headings."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def plain(markup: str) -> str:
    """The text of a cell as people read it."""
    text = " ".join(html.unescape(striptags(markup)).split())
    return "" if text == "—" else text


def rows_on_page(answer: Any) -> list[dict[str, str]]:
    """The rows that a page shows, by the headings of its table."""
    return [
        {
            html.unescape(label): plain(cell)
            for label, cell in CELL.findall(row)
            if f'name="{TICKED_ROWS}"' not in cell
        }
        for row in ROW.findall(answer.content.decode())
    ]


def headings_of_buttons(answer: Any) -> set[str]:
    """The headings of columns in which a page shows buttons."""
    cells = CELL.findall(answer.content.decode())
    return {html.unescape(label) for label, cell in cells if 'class="btn' in cell}


def walk(client: Any, address: str, **query: str) -> list[dict[str, str]]:
    """The rows of a list on all its pages."""
    rows, page, pages = [], 1, 1
    while page <= pages:
        answer = client.get(address, {**query, "page": page})
        rows += rows_on_page(answer)
        pages = answer.context["table"].paginator.num_pages
        page += 1
    return rows


def is_shown(value: Any, text: str) -> bool:
    """Whether a page that shows the text shows the value."""
    if value is None:
        return text == ""
    if isinstance(value, dt.datetime):
        formats = (*FORMATS, *TIMES, *(MONTHS if value.day == 1 else ()))
        return text in {date_format(value, name) for name in formats}
    if isinstance(value, str):
        return " ".join(value.split()) == text
    return number_of(text) == Decimal(str(value))


def number_of(text: str) -> Decimal | None:
    """The number that a text writes, if it does."""
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None


def differences(
    exported: list[dict[str, Any]], shown: list[dict[str, str]]
) -> list[tuple[Any, Any]]:
    """Rows of a file that are not those that the pages show, in their order.

    Columns that a file leaves out hold buttons alone.
    """
    if len(exported) != len(shown):
        return [(len(exported), len(shown))]
    return [
        (row, page)
        for row, page in zip(exported, shown, strict=True)
        if not all(is_shown(value, page[label]) for label, value in row.items())
    ]


assert settings.LANGUAGE_CODE == "zh-hans"  # the words of a page are compared
