"""A preview in which nothing can be entered says so, why, and what to do next."""

import pytest
from django.urls import reverse
from django.utils import translation

from exchange.actions import run_next_job
from exchange.enums import BatchState
from exchange.models import ImportBatch
from members.roster.errors import Missing, NotAMember
from tests.factories.exchange import HEADER, ImportBatchFactory, person, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db
TYPED = (*HEADER, "党员类别")


@pytest.fixture
def read(east, branch, secretary):
    """Return a function that has rows read, and returns their batch."""

    def upload_and_read(rows, header=TYPED):
        content = workbook(rows, header=header)
        batch = ImportBatchFactory(rows=content, organization=east, by=secretary)
        while run_next_job():
            pass
        return ImportBatch.objects.get(pk=batch.pk)

    return upload_and_read


@pytest.fixture
def show(client, secretary):
    """Return a function that opens the page of a batch."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return lambda batch: client.get(batch.get_absolute_url()).content.decode()


def refused_rows(count):
    """Return rows that are all refused: without a name, every third for two reasons."""
    other = {"党员类别": "入党积极分子"}
    return [
        person(n, 姓名=None, **(other if n % 3 == 0 else {}))
        for n in range(1, count + 1)
    ]


def test_a_preview_of_refused_rows_says_how_many_and_why(read, show):
    batch = read(refused_rows(7))
    page = show(batch)

    assert (batch.state, batch.refused) == (BatchState.NOTHING, 7)
    assert "全部 7 行均未采纳" in page
    assert "没有任何一行需要" not in page
    assert reverse("exchange:refused", args=[batch.pk]) in page
    assert [reason["rows"] for reason in batch.notes["reasons"]] == [7, 2]
    first, second = (reason["text"] for reason in batch.notes["reasons"])
    assert says(first, refusal_of(Missing))
    assert says(second, refusal_of(NotAMember))
    assert first in page
    assert second in page


def test_reasons_in_other_words_for_each_row_are_one_group(read):
    rows = [person(n, 转正时间=f"{n}月") for n in range(1, 4)]

    (reason,) = read(rows).notes["reasons"]

    assert (reason["rows"], reason["varies"]) == (3, True)


def test_reasons_show_no_number_of_a_person(read, branch):
    number = identity_number(1)
    rows = [person(1), person(1, 姓名="李四"), person(2, 党员类别=number)]

    reasons = read(rows).notes["reasons"]

    assert reasons
    assert not any(number in reason["text"] for reason in reasons)


def test_rows_that_are_recorded_already_are_told_apart(read, show, branch):
    MemberFactory(name="张一", id_number=identity_number(1), organization=branch)
    known = {"姓名": "张一", **dict.fromkeys(HEADER[3:], None)}
    batch = read([person(1, **known), person(2, 姓名=None)])
    page = show(batch)

    assert batch.state == BatchState.NOTHING
    assert (batch.refused, batch.unchanged) == (1, 1)
    assert "1 行未采纳" in page
    assert "1 行与已登记的相同" in page


def test_the_list_of_imports_says_that_nothing_can_be_entered(read, client, show):
    batch = read(refused_rows(2))
    show(batch)

    page = client.get(reverse("exchange:list")).content.decode()

    with translation.override("zh-hans"):
        assert str(batch.state_label) in page
        assert str(batch.state_label) != batch.get_state_display()
