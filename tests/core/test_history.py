"""The trail in the reader's words."""

import re
from pathlib import Path

import pytest

from core.history import deed_names, told
from core.trail import history_of
from members.actions import move_member
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory

ROOT = Path(__file__).parents[2]
RECORDED = re.compile(r'(?:record\(|Happening\(|deed =)\s*"([a-z]+\.[a-z_]+)"')


@pytest.mark.parametrize("room", sorted(ROOT.glob("*/deeds.py")), ids=str)
def test_every_deed_of_an_app_that_names_its_deeds_has_a_name(room):
    source = [path.read_text() for path in room.parent.glob("actions/*.py")]

    recorded = set(RECORDED.findall("".join(source)))

    assert recorded <= {item.key for item in deed_names}
    assert [i.key for i in deed_names if str(i.words).isascii()] == []


def test_a_move_is_told_by_names_not_by_keys(staff, branch, east):
    member = MemberFactory(organization=branch)
    second = BranchFactory(name="东社区第二支部", parent=east)
    move_member(member, second, by=staff)

    entry = told(history_of(member, staff))[0]

    assert (entry.who, entry.deed) == ("赵敏", "调整党员所在党组织")
    assert next((line.label, line.before, line.after) for line in entry.lines) == (
        "所在党组织",
        "东社区第一支部",
        "东社区第二支部",
    )


def test_keys_counters_and_paths_are_left_out(staff, east):
    entry = told(history_of(east, staff))[0]

    labels = [line.label for line in entry.lines]
    assert {"Id", "Last child number", "路径"}.isdisjoint(labels)
    assert {line.label: line.after for line in entry.lines}["上级组织"] == ("长安街道")


def test_a_number_is_told_masked_and_choices_in_words(staff, branch):
    member = MemberFactory(organization=branch)

    entry = told(history_of(member, staff))[0]

    values = {line.label: line.after for line in entry.lines}
    assert values["身份证号码"] == f"{'*' * 14}{member.id_number[-4:]}"
    assert values["性别"] == "男"
