"""New people who may be recorded already, and dates that no probation lies between."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DomainError
from core.identity import check_character
from exchange.doubts import DOUBTS, LEAVE_OUT, DoubtSource
from exchange.import_kinds import Verdict
from members.duplicates.likeness import Known, is_alike, is_near
from members.roster.namesakes import Namesakes
from tests.factories.exchange import HEADER, book, person, workbook
from tests.factories.members import KIND, MemberFactory, identity_number
from tests.members.test_roster import plan
from tests.members.test_sheet_doubts import entered, texts_of

__all__ = ["plan"]
NUMBER = identity_number(7)


def finish(body):
    return body + check_character(body)


def with_wrong_digit(number, place):
    wrong = str((int(number[place]) + 1) % 10)
    return finish(number[:place] + wrong + number[place + 1 : 17])


def with_swapped_digits(number, place):
    swapped = number[place + 1] + number[place]
    return finish(number[:place] + swapped + number[place + 2 : 17])


WRONG = [
    *(with_wrong_digit(NUMBER, place) for place in (3, 5, 9, 14, 15, 16)),
    *(with_swapped_digits(NUMBER, place) for place in (3, 14, 15)),
]


@pytest.fixture
def recorded(branch):
    return MemberFactory(name="武云", id_number=NUMBER, organization=branch, **KIND)


@pytest.mark.parametrize("number", WRONG)
def test_a_known_name_with_nearly_its_number_is_looked_at(plan, recorded, number):
    row = person(3, 姓名="武 云", 身份证号码=number, 性别=None)

    outcome = plan([row])

    (text,) = texts_of(outcome, DoubtSource.PERSON)
    assert recorded.organization.name in text
    assert NUMBER not in text
    assert entered(plan([row], answers={DOUBTS: LEAVE_OUT})) == []


def test_two_rows_of_one_name_with_nearly_one_number_are_looked_at(plan):
    rows = [person(1, 姓名="武云"), person(2, 姓名="武云")]
    rows[1]["身份证号码"] = with_wrong_digit(rows[0]["身份证号码"], 15)

    assert list(texts_of(plan(rows), DoubtSource.PERSON).values()) == [1]


def test_the_same_day_of_birth_and_of_joining_is_looked_at(plan, recorded):
    number = identity_number(311)
    assert not is_near(number, NUMBER)
    row = person(3, 姓名="武云", 身份证号码=number, 入党时间=f"{recorded.join_date}")
    row |= {"转正时间": None}

    found = texts_of(plan([row]), DoubtSource.PERSON)

    assert len(found) == 1


def test_namesakes_with_another_number_and_birth_are_not_asked_about(plan, recorded):
    row = person(3, 姓名="武云", 身份证号码=identity_number(311))

    assert plan([row]).doubts == []


def test_whom_the_user_does_not_manage_is_not_told_of(plan):
    MemberFactory(name="武云", id_number=NUMBER, **KIND)
    row = person(3, 姓名="武云", 身份证号码=with_wrong_digit(NUMBER, 15), 性别=None)

    assert texts_of(plan([row]), DoubtSource.PERSON) == {}


def test_numbers_are_near_if_one_digit_differs_or_two_changed_places():
    for place in range(17):
        assert is_near(NUMBER, with_wrong_digit(NUMBER, place))
    for one, other in itertools.pairwise(range(17)):
        if NUMBER[one] != NUMBER[other]:
            assert is_near(NUMBER, with_swapped_digits(NUMBER, one))
    assert not is_near(NUMBER, NUMBER)


@pytest.mark.parametrize(
    ("joined", "full", "asked"),
    [
        ("2005.07.01", "2006.07.01", False),
        ("2005.07.01", "2006.06.20", False),
        ("2005.07.01", "2007.07.01", False),
        ("2005.07", "2006.07", False),
        ("2005.07.01", "2008.06.30", False),
        ("1972.07.01", "1972.07.01", False),
        ("1968.07.01", "1975.07.01", False),
        ("2005.07.01", "2005.07.01", True),
        ("2005.07.01", "2005.10.01", True),
        ("2005.07", "2006.03", True),
        ("2005.07.01", "2009.07.01", True),
        ("2005.07.01", "2016.07.01", True),
    ],
)
def test_dates_that_no_probation_lies_between_are_looked_at(plan, joined, full, asked):
    number = {"身份证号码": identity_number(1)}
    if joined < "1980":
        number = {"身份证号码": "420102194001011233"[:17]}
        number["身份证号码"] = finish(number["身份证号码"])
    row = person(1, 入党时间=joined, 转正时间=full, 性别=None, **number)

    outcome = plan([row])

    assert entered(outcome) == [2]
    assert bool(texts_of(outcome, DoubtSource.DATE)) == asked


def test_a_total_ends_the_group_above_unless_somebody_says_otherwise(plan, branch):
    rows = [
        [branch.name],
        person(1, branch=None),
        ["小计", "1人"],
        person(2, branch=None),
    ]

    outcome = plan(rows)

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE] * 2
    assert list(texts_of(outcome, DoubtSource.LINE).values()) == [1]
    assert entered(plan(rows, answers={DOUBTS: LEAVE_OUT})) == [3]


def test_a_total_of_a_page_or_before_the_next_group_is_not_asked_about(plan, branch):
    rows = [
        [branch.name],
        person(1, branch=None),
        ["本页小计", "1人"],
        person(2, branch=None),
        ["小计", "2人"],
        ["第一支部"],
        person(3, branch=None),
    ]

    assert texts_of(plan(rows), DoubtSource.LINE) == {}


@pytest.mark.parametrize(
    "heading", ["入党（转正）时间", "入党时间（转正）", "入党时间(转正时间)"]
)
def test_a_heading_of_joining_or_turning_full_is_looked_at(plan, heading):
    header = [heading if h == "入党时间" else h for h in HEADER if h != "转正时间"]
    row = person(1) | {heading: "2005.07.01"}

    outcome = plan(workbook([row], header=header))

    assert not entered(outcome) or len(outcome.unseen) == 1


@pytest.mark.parametrize("heading", ["正式转正日期", "正式转正时间"])
def test_headings_of_turning_full_are_read(plan, heading):
    header = [heading if h == "转正时间" else h for h in HEADER]
    row = person(1) | {heading: "2006.07.01"}

    (found,) = plan(workbook([row], header=header)).plans

    assert found.fields["full_member_date"] == "2006-07-01"


@pytest.mark.parametrize("group", ["户主", "家属", "配偶", "监护人"])
@pytest.mark.parametrize("sole", [True, False])
def test_the_number_of_somebody_else_is_not_the_members(plan, group, sole):
    other, own = identity_number(500), identity_number(1)
    heading = f"{group}身份证号码"
    plain = ["姓名", "入党时间", "转正时间", "所在支部", "管理类别"]
    header = [*plain, heading] if sole else [*plain, heading, "身份证号码"]
    row = person(1) | {heading: other, "身份证号码": own}
    groups = [[*plain, group], [*[None] * len(plain), "身份证号码"]]
    twice = book({"花名册": [*groups, [*[row[h] for h in plain], other]]}, header)

    for content in (workbook([row], header=header), *([twice] if sole else [])):
        try:
            outcome = plan(content)
        except DomainError:
            continue  # no column of a number of their own
        assert {p.fields["id_number"] for p in outcome.plans} == {own}


NEAR = [
    finish(f"6590{a}{b}1980010{born}0{c}{d}")
    for a, b, c, d, born in itertools.product("12", repeat=5)
]
SOMEBODY = st.builds(
    Known,
    st.sampled_from(["王某", "李某"]),
    st.just(""),
    st.sampled_from(NEAR),
    st.sampled_from([None, dt.date(2001, 7, 1), dt.date(2009, 3, 5)]),
    st.sampled_from([None, "13000000001", "13000000002"]),
)
"""Namesakes of few names, days and phones, whose numbers share most digits."""


@given(st.lists(SOMEBODY, max_size=8))
def test_the_index_answers_as_if_each_were_compared_with_all_before(people):
    namesakes = Namesakes(by=None)
    for position, somebody in enumerate(people):
        namesakes_before = (
            known
            for known in people[:position]
            if known.name == somebody.name and known.number != somebody.number
        )
        expected = next((k for k in namesakes_before if is_alike(somebody, k)), None)
        assert namesakes.find(somebody) == expected
        namesakes.add(somebody)
