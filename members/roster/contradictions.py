"""Doubt rows of which one place says full member, another probationary.

A list is often made from one of the other kind: of 预备党员花名册 some have become full
members, a column of 发展阶段 is older than that of 党员类别. The row is read as its own
words say, and somebody looks at what says otherwise.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext

from core.identity import fold_text
from exchange.doubts import DoubtSource
from exchange.sheet_context import SheetContext
from members.enums import Standing
from members.roster.group_headings import HeadingsRead
from members.roster.membership import fold_own_heading
from members.roster.parsed_rows import ParsedRow
from members.roster.remarks import BETWEEN, read_remarks
from members.roster.wording import find_standing, is_not_yet, read_probationary
from sheets.read import Cell, TableRow, drop_brackets, drop_placeholder, fold

# Headings whose words say the standing.
SAYS_STANDING = re.compile(
    "^(党员|党籍|人员|党内|政治|发展|培养|入党|当前|目前|现|所处|本人)*(身份|类[别型]|种类|性质|面[貌目]|阶段|状态|情况)$"
    "|^(是否|有无)?(已|按期|按时|为|是)*(转正|正式)(党员)?(情况|状态)?$|^(正式|预备)(/?或?(正式|预备))?(党员)?$"
)
# Words of a remark that say the standing of today, whatever stands beside them.
STANDING_ALONE = re.compile(
    "(现为?|目前为?|系|是|为)?(中共)?(正式|预备)党员(身份)?|预备期(内|中|未满)?"
    "|(已|已经|现已)(按期)?转正|[尚暂还]?(未|没有)转正|待转正"
)
ASKS = re.compile("^是否|^有无")
BOTH = {"中共党员", "党员", "中共", "共产党员", "中国共产党党员"}  # of either standing
NOT_NOW = re.compile("延|缓|推迟|拟|应转|计划|预计|到期|期满|(?<!未)按期转正时间")
TITLED = (("预备党员", Standing.PROBATIONARY), ("正式党员", Standing.FULL))
MAX_LENGTH = 60

OWN = ("category", "member_type")

Statement = tuple[str, str, Standing]  # heading, text and what it says


class Contradictions:
    """Doubts rows of which a column, a heading or a title says another standing."""

    def __init__(self, context: SheetContext) -> None:
        self.headers = context.headers
        self.titled = {
            sheet: find_titled([*lines, sheet])
            for sheet, lines in context.titles.items()
        }

    def doubt(
        self,
        parsed: ParsedRow,
        texts: Mapping[str, str],
        row: TableRow,
        above: HeadingsRead,
    ) -> None:
        """Doubt the first statement that differs from the standing the row states.

        `texts` are those of the columns that are read for it, by field.
        """
        standing = parsed.values.get("standing")
        if "standing" not in parsed.stated or standing is None:
            return
        for heading, text, said in self._find_all(parsed.sheet, texts, row, above):
            if said != standing:
                words = gettext("%(text)s (the row is read as: %(standing)s)")
                words %= {"text": text, "standing": Standing(standing).label}
                parsed.doubt(DoubtSource.MEMBER, heading, words)
                return

    def _find_all(
        self, sheet: str, texts: Mapping[str, str], row: TableRow, above: HeadingsRead
    ) -> Iterator[Statement]:
        columns = {row.headings.get(n, ""): texts.get(n, "") for n in OWN}
        columns |= {heading: cell.text for heading, cell in row.others.items()}
        yield from _find_statements(columns)
        yield from _find_remarks(texts.get("remark", ""), row.others)
        headings = self.headers.get(sheet, {})
        if answer := drop_placeholder(texts.get("is_probationary", "")):
            said = read_probationary(answer)
            yield headings.get("is_probationary", ""), answer, said
        if is_not_yet(day := texts["full_member_date"]):
            yield headings.get("full_member_date", ""), day, Standing.PROBATIONARY
        if above.standing and above.said_standing:
            yield "", above.said_standing.text, above.standing
        yield from self.titled.get(sheet, ())


def find_titled(lines: Iterable[str]) -> list[Statement]:
    """Return what titles say of everybody below them, if it is one standing."""
    titles = (drop_brackets(fold(line)) for line in lines if len(line) <= MAX_LENGTH)
    found = []
    for title in titles:
        said = [(words, standing) for words, standing in TITLED if words in title]
        if len(said) == 1:
            found.append(("", title, said[0][1]))
    return found


def _find_statements(texts: Mapping[str, str]) -> Iterator[Statement]:
    for heading, text in texts.items():
        words = drop_placeholder(" ".join(text.split()))
        own = fold_own_heading(heading)
        if words and SAYS_STANDING.search(own) and (said := _read(own, words)):
            yield heading, words, said


def _find_remarks(remark: str, others: Mapping[str, Cell]) -> Iterator[Statement]:
    """Yield what a word of a remark says alone: 预备党员, 未转正, 已转正."""
    for heading, text in read_remarks(remark, others):
        for word in map(fold_text, BETWEEN.split(text)):
            said = _read("", word) if STANDING_ALONE.fullmatch(word) else None
            if said is not None:
                yield heading, text, said


def _read(heading: str, text: str) -> Standing | None:
    word = fold_text(text)
    if word in BOTH or NOT_NOW.search(word):
        return None
    if word in {"是", "否", "√", "×"} and not ASKS.search(heading):
        return None
    return Standing.PROBATIONARY if is_not_yet(text) else find_standing(text)
