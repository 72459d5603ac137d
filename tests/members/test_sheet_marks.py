"""What a roster shows beside its words is looked at before anybody is entered."""

import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from exchange.doubts import DOUBTS, DoubtSource
from tests.factories.exchange import person, workbook
from tests.members.test_roster import plan
from tests.members.test_sheet_doubts import entered, texts_of

__all__ = ["plan"]

YELLOW = PatternFill("solid", fgColor="FFFF00")
RED = Font(color="FF0000")


def marked(fill, *, people=8, above=(), below=()):
    """Return a roster of some people, marked by a function of its sheet."""
    rows = [*(person(n) for n in range(1, people + 1)), *([line] for line in below)]
    book = openpyxl.load_workbook(io.BytesIO(workbook(rows, above=above)))
    fill(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def name_of(sheet, row):
    (column,) = (c.column for c in sheet[1] if c.value == "姓名")
    return sheet.cell(row, column)


def struck_inside(text):
    return CellRichText(text[:1], TextBlock(InlineFont(strike=True), text[1:]))


def test_words_struck_out_inside_a_name_are_looked_at(plan):
    def fill(sheet):
        cell = name_of(sheet, 3)
        cell.value = struck_inside(cell.value)

    outcome = plan(marked(fill))

    assert list(texts_of(outcome, DoubtSource.STRUCK).values()) == [1]


@pytest.mark.parametrize("comment", ["已转出", "2026年3月去世", "不是党员", "见另册"])
def test_a_comment_that_no_rule_understands_is_looked_at(plan, comment):
    def fill(sheet):
        name_of(sheet, 4).comment = Comment(comment, "街道")

    outcome = plan(marked(fill))

    assert texts_of(outcome, DoubtSource.COMMENT) == {comment: 1}


@pytest.mark.parametrize("comment", ["退役军人", "电话停机"])
def test_a_comment_that_tells_nothing_is_not_asked_about(plan, comment):
    def fill(sheet):
        name_of(sheet, 4).comment = Comment(comment, "街道")

    assert plan(marked(fill)).doubts == []


def test_a_comment_on_the_heading_is_about_all_rows(plan):
    def fill(sheet):
        name_of(sheet, 1).comment = Comment("含已转出的党员", "街道")

    outcome = plan(marked(fill))

    assert texts_of(outcome, DoubtSource.COMMENT) == {"含已转出的党员": 8}


@pytest.mark.parametrize("look", [{"fill": YELLOW}, {"font": RED}])
def test_a_colour_that_sets_a_few_people_apart_is_looked_at(plan, look):
    def fill(sheet):
        for name, value in look.items():
            setattr(name_of(sheet, 5), name, value)

    outcome = plan(marked(fill))

    assert texts_of(outcome, DoubtSource.COLOR) == {"": 1}


def test_a_colour_of_every_other_row_is_not_asked_about(plan):
    def fill(sheet):
        for number in range(2, 10, 2):
            for cell in sheet[number]:
                cell.fill = YELLOW

    assert plan(marked(fill)).doubts == []


@pytest.mark.parametrize("where", ["above", "below"])
def test_a_colour_with_a_legend_is_looked_at_for_its_rows_alone(plan, where):
    legend = "注：标黄的党员已转出"

    def fill(sheet):
        first = 3 if where == "above" else 2
        for number in range(first, first + 5):
            sheet.cell(number, 2).fill = YELLOW

    content = marked(fill, **{where: [legend]})
    outcome = plan(content)

    assert {d["source"]: (d["text"], d["rows"]) for d in outcome.unseen} == {
        DoubtSource.COLOR: (legend, 5)
    }
    (doubt,) = outcome.doubts
    answers = {DOUBTS: {"seen": [doubt["key"]], "left_out": [doubt["key"]]}}
    assert len(entered(plan(content, answers=answers))) == 3


def test_a_legend_that_also_names_a_colour_nobody_has_stays_about_all_rows(plan):
    legend = "注：标黄的已转出，标红的已去世"

    def fill(sheet):
        name_of(sheet, 2).fill = YELLOW

    outcome = plan(marked(fill, below=[legend]))

    assert texts_of(outcome, DoubtSource.COLOR) == {legend: 1}
    assert texts_of(outcome, DoubtSource.BELOW) == {legend: 8}
