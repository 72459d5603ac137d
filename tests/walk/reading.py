"""Reading numbers off the pages, and counting the rows that each of them opens to."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlsplit

from figures.definitions import Indicator, indicators
from tests.walk.people import Visitor

# Of a figure's rows: the pages that split or list figures lead to these in turn.
ROWS = r"/figures/\d+/[\d-]+/(?!ratios/)\w+/(?:\?[^\"]*)?"
CELL = re.compile(rf'<a[^>]*href="({ROWS})"[^>]*>(.*?)</a>', re.DOTALL)
STRONG = re.compile(r'<strong class="number">([^<]*)</strong>')
ROW = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
DATA = re.compile(r'<td[^>]*data-label="([^"]*)"[^>]*>(.*?)</td>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ALERT = re.compile(r'alert-info">\s*[^<\d]*([\d.,]+)')
PART = re.compile(
    r'<a href="(/figures/[^"]+)">[^<]*</a></td>\s*<td class="text-end[^>]*>([^<]*)</td>'
)
HUNDREDTH = Decimal("0.01")
LIST = '<table class="table table-hover'


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a page shows it, and the page that lists its rows.

    `unit` is what one of the shown number is: 万元 are written in hundredths.
    """

    url: str
    value: Decimal
    unit: int = 1

    def is_of(self, exact: Decimal) -> bool:
        """Whether the page shows this number, rounded where its unit is a large one."""
        if self.unit == 1:
            return self.value == exact
        hundredths = (exact / self.unit).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
        return self.value == hundredths * self.unit


def number(text: str) -> Decimal:
    """A number as it is written for people, thousands apart."""
    return Decimal(text.strip().replace(",", ""))


def words(html: str) -> str:
    """The text of a piece of a page."""
    return " ".join(TAG.sub(" ", html).split())


def read_numbers(answer: Any) -> list[Shown]:
    """Every number of a page that leads to its rows."""
    found = []
    for url, inside in CELL.findall(answer.content.decode()):
        strong = STRONG.search(inside)
        text = strong[1] if strong else words(inside)
        found.append(Shown(url, number(text)))
    return found


@dataclass(frozen=True, slots=True)
class Listed:
    """What the page behind a number says: the number again, and its rows.

    `published` is what the page says was published, `parts` what it says that the
    organizations below bring to it where rows are open only to those who keep them.
    """

    value: Decimal
    published: Decimal | None
    rows: list[dict[str, str]]
    parts: list[Shown]
    hidden: bool

    def count_rows(self, indicator: Indicator) -> Decimal:
        """What one gets by going through the rows with a finger."""
        if not indicator.total:
            return Decimal(len(self.rows))
        columns = {column.accessor: column.label for column in indicator.source.columns}
        heading = str(columns[indicator.total])
        return sum((number(row[heading]) for row in self.rows), Decimal(0))


def read_list(visitor: Visitor, url: str) -> Listed:
    """Open the page behind a number and read all its rows, page by page."""
    answer = visitor.get(url)
    html = answer.content.decode()
    strong, alert = STRONG.search(html), ALERT.search(html)
    assert strong is not None, url
    rows = read_rows(html)
    for further in range(2, answer.context["table"].paginator.num_pages + 1):
        page = f"{url}{'&' if '?' in url else '?'}page={further}"
        rows += read_rows(visitor.get(page).content.decode())
    return Listed(
        number(strong[1]),
        number(alert[1]) if alert else None,
        rows,
        read_parts(html),
        hidden=answer.context["drilldown"].hidden > 0,
    )


def read_rows(html: str) -> list[dict[str, str]]:
    """The cells of each row of the page's last list, by their headings."""
    if LIST not in html:
        return []
    body = html.rpartition(LIST)[2].partition("<tbody")[2].partition("</tbody>")[0]
    return [
        {heading: words(cell) for heading, cell in DATA.findall(row)}
        for row in ROW.findall(body)
    ]


def read_parts(html: str) -> list[Shown]:
    """What the organizations directly below bring, where the page says so."""
    return [Shown(url, number(text)) for url, text in PART.findall(html)]


def indicator_of(url: str) -> Indicator:
    """Which figure the address of its rows names."""
    return indicators.get(urlsplit(url).path.strip("/").rsplit("/", 1)[1])
