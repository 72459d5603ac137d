"""One letter from outside names many people, and one roster receives them (S0-37)."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Notice
from core.errors import ConstraintViolated
from core.months import month_of, today
from core.registries.invariants import invariants
from exchange.import_kinds import Verdict, import_kinds
from exchange.imports import import_now
from figures.definitions import indicators
from members.actions import record_letters
from members.enums import StartReason, TransferState
from members.models import Affiliation, Member, Transfer
from members.roster.errors import OneLetterForSeveral
from tests.factories.exchange import person, upload, workbook
from tests.messages import refusal_of, rule, says
from tests.walk.people import Refused, Visitor

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NAMES = ["赵六", "钱七", "孙八"]


def letter_for(names, community, **values):
    """Record the letter of an enterprise's committee for some of its retirees."""
    usual = {
        "cause": "retired",
        "from_text": "中共武汉市洪山区委组织部",
        "foreign_number": "0031786",
        "former_unit": "武汉第一机床厂",
        "issued_on": today() - 3 * DAY,
        "valid_days": 30,
    }
    return record_letters(names, community, by=None, **{**usual, **values})


@pytest.fixture
def bring(east, branch, secretary):
    """Return a function that enters a roster of 东社区."""

    def enter(names, *, starts_on=None, **changes):
        rows = [
            person(number, 姓名=name, **changes)
            for number, name in enumerate(names, start=40)
        ]
        return import_now(
            upload(workbook(rows)),
            kind=import_kinds.get("member_roster"),
            organization=east,
            by=secretary,
            starts_on=starts_on,
        )

    return enter


def how_they_came():
    rows = Affiliation.objects.order_by("pk")
    return {row.member.name: row.start_reason for row in rows}


def faults():
    return [line for one in invariants for line in one.broken()]


def count(key, node):
    return indicators.get(key).rows_within(node, month_of(today())).count()


@pytest.mark.mission("S0-37")
def test_whom_a_letter_names_is_transferred_in_by_the_roster(bring, east, branch):
    letters = letter_for(NAMES, east)

    bring([*NAMES, "周九"])

    reasons = dict.fromkeys(NAMES, StartReason.TRANSFERRED_IN)
    assert how_they_came() == {**reasons, "周九": StartReason.RECORDED}
    states = Transfer.objects.filter(pk__in=[one.pk for one in letters])
    assert {(one.state, one.closed_on, one.member.name) for one in states} == {
        (TransferState.RECEIVED, today(), name) for name in NAMES
    }
    assert (count("members_in", east), count("members_other_gain", east)) == (3, 1)
    assert faults() == []


def test_the_preview_says_by_which_letter_somebody_comes(bring, east, branch):
    letter_for(NAMES[:1], east)

    (row,) = bring(NAMES[:1]).plans

    assert (row.verdict, row.flags) == (Verdict.CREATE, ["by_letter"])
    assert row.fields["letter"] == "中共武汉市洪山区委组织部 0031786"


def test_a_letter_to_another_community_brings_nobody_here(bring, east, branch, west):
    letter_for(NAMES[:1], west)

    bring(NAMES[:1])

    assert how_they_came() == {NAMES[0]: StartReason.RECORDED}


def test_two_of_one_name_are_not_both_taken_by_one_letter(bring, east, branch):
    letter_for(["赵六"], east)

    outcome = bring(["赵六", "赵六"])

    assert [row.verdict for row in outcome.plans] == [Verdict.CREATE, Verdict.REFUSE]
    assert says(outcome.plans[1].message, refusal_of(OneLetterForSeveral))
    assert list(how_they_came().values()) == [StartReason.TRANSFERRED_IN]


def test_nobody_is_received_on_a_day_before_their_letter(bring, east, branch):
    letter_for(["赵六"], east)

    with pytest.raises(ConstraintViolated, match=rule("transfer_received_while_valid")):
        bring(["赵六"], starts_on=today() - 4 * DAY)

    assert not Member.objects.exists()


def page(name):
    return reverse(f"members:{name}")


def typed(east, **values):
    return {
        "person_name": "赵六",
        "from_text": "武汉市委组织部",
        "foreign_number": "0012345",
        "former_unit": "武汉第一机床厂",
        "issued_on": f"{today()}",
        "cause": "retired",
        "destination": east.pk,
        **values,
    }


def test_the_street_records_one_letter_with_all_its_names(east, staff, secretary):
    others = "钱七\n\n 孙八 "

    Visitor(staff).fill(page("record_letter"), **typed(east, others=others))

    found = Visitor(secretary).get(f"{page('transfers')}?q=机床").context["table"].rows
    assert {row.record.name for row in found} == set(NAMES)
    (notice,) = Notice.objects.filter(user=secretary)
    assert "赵六" in notice.text
    assert "3" in notice.text


@pytest.mark.parametrize("others", ["赵六", "王" * 51, "123"])
def test_a_list_with_a_wrong_name_is_refused_whole(others, east, staff):
    with pytest.raises(Refused):
        Visitor(staff).fill(page("record_letter"), **typed(east, others=others))

    assert not Transfer.objects.exists()
