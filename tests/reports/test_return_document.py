"""Page, paper and workbook of a return say the same in each state of a return."""

import io
import re

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessEntry
from organizations.month_tree import get_organization_at
from organizations.roles import Role
from reports.actions import (
    accept_return,
    report_line,
    return_for_correction,
    withdraw_return,
    write_narrative,
)
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.document import build_document
from reports.workbooks.summary import build_summary
from tests.factories.accounts import holder
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, submit

pytestmark = pytest.mark.django_db

REPORTED, REASON = 7, "另有三次由市委党校组织"
ACCOUNT = "六月开展主题党日，走访困难党员。"
LINE = "meetings_lessons"


def _draft(row, submitter, reviewer):
    """As it was opened."""


def _explained(row, submitter, reviewer):
    line = row.round.form.lines.get(indicator=LINE)
    report_line(row, line, value=REPORTED, reason=REASON, by=submitter)
    write_narrative(row, narrative=ACCOUNT, by=submitter)


def _submitted(row, submitter, reviewer):
    _explained(row, submitter, reviewer)
    submit(row, by=submitter)


def _withdrawn(row, submitter, reviewer):
    _submitted(row, submitter, reviewer)
    withdraw_return(row, by=submitter)


def _returned(row, submitter, reviewer):
    _submitted(row, submitter, reviewer)
    return_for_correction(row, reason="党课次数请与签到表核对", by=reviewer)


def _submitted_again(row, submitter, reviewer):
    _returned(row, submitter, reviewer)
    row.refresh_from_db()
    submit(row, by=submitter)


def _accepted(row, submitter, reviewer):
    _submitted(row, submitter, reviewer)
    row.refresh_from_db()
    accept_return(row, by=reviewer)


STATES = {
    _draft: (ReturnState.DRAFT, "草稿，尚未报送", False, False),
    _explained: (ReturnState.DRAFT, "草稿，尚未报送", False, False),
    _submitted: (ReturnState.SUBMITTED, "待审核，2026年7月2日报送", True, False),
    _withdrawn: (ReturnState.DRAFT, "草稿，尚未报送", False, False),
    _returned: (ReturnState.RETURNED, "草稿，2026年7月2日退回修改", True, False),
    _submitted_again: (ReturnState.SUBMITTED, "待审核，2026年7月2日报送", True, False),
    _accepted: (ReturnState.ACCEPTED, "已接收，2026年7月2日", True, True),
}


def text_of(answer):
    """The text of a page, without its tags."""
    body = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", body)


def read_book(answer):
    """The rows of a workbook as tuples."""
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True)), sheet


@pytest.fixture
def people(east, street):
    """Who fills in, who reviews, and who only looks and downloads."""
    return (
        holder(Role.SECRETARY, east, name="何填表"),
        holder(Role.STREET_STAFF, street, name="蒋审核"),
        holder(Role.STREET_STAFF, street, name="汤下载"),
    )


@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_page_paper_and_workbook_say_the_same(client, east, branch, people, reach):
    MemberFactory(organization=branch, starts_on=JUNE)
    row = MonthlyReturnFactory(organization=east)
    submitter, reviewer, looker = people
    reach(row, submitter, reviewer)
    row = MonthlyReturn.objects.get(pk=row.pk)
    state, said, submitted, checked = STATES[reach]
    client.force_login(looker)

    page = client.get(row.get_absolute_url())
    paper = client.get(reverse("reports:paper", args=[row.pk]))
    rows, sheet = read_book(client.get(reverse("reports:workbook", args=[row.pk])))

    assert row.state == state
    cells = build_document(row).cells
    written = {one[1]: one for one in rows if one[1]}
    book_text = " ".join(str(v) for one in rows for v in one if v is not None)
    texts = {"page": text_of(page), "paper": text_of(paper), "book": book_text}
    for cell in cells:
        line = written[cell.full_label]
        assert line[2] == pytest.approx(float(cell.reported / cell.line.divisor))
        assert line[4] == pytest.approx(float(cell.computed / cell.line.divisor))
        assert (line[6] or "") == cell.reason
        for place in ("page", "paper"):
            assert cell.text in texts[place], (place, cell.label)
    explained = reach is not _draft
    for place, text in texts.items():
        assert said in text, place
        assert (REASON in text) == explained, place
        assert (ACCOUNT in text) == explained, place
        named = text.replace(" ", "")
        assert ("填表人：何填表" in named) == submitted, place
        assert ("审核人：蒋审核" in named) == checked, place
        if place != "page":  # which names its reader in the menu
            assert "汤下载" not in text, place
    assert sheet.title == "2026年6月"


@pytest.mark.parametrize("reach", STATES, ids=lambda reach: reach.__name__)
def test_the_summary_says_what_each_return_reports(east, street, branch, people, reach):
    MemberFactory(organization=branch, starts_on=JUNE)
    row = MonthlyReturnFactory(organization=east)
    reach(row, *people[:2])
    recount_all()

    summary = build_summary(get_organization_at(street.pk, JUNE), JUNE)

    (line,) = [one for one in summary.rows if one.name == east.name]
    row = MonthlyReturn.objects.get(pk=row.pk)
    reported = {
        cell.line.indicator: cell.reported for cell in build_document(row).cells
    }
    assert line.values == reported


def test_the_summary_names_who_put_it_together_not_who_filled_it_in(
    client, east, street, people
):
    MonthlyReturnFactory(organization=east)
    client.force_login(people[2])

    rows, _ = read_book(client.get(reverse("reports:summary", args=[street.pk, JUNE])))

    signed = " ".join(str(v) for one in rows for v in one if v is not None)
    assert "制表人：汤下载" in signed
    assert "填表人：" not in signed


def test_downloading_a_return_is_recorded(client, east, people):
    row = MonthlyReturnFactory(organization=east)
    client.force_login(people[0])

    client.get(reverse("reports:workbook", args=[row.pk]))

    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.organization) == (people[0], east)
    assert entry.details == {"state": "draft"}
