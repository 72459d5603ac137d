"""Audit entries as readers see them."""

import datetime as dt

import time_machine

from accounts.models import AuditEntry
from core.audit import AuditEvent, history_of, record_many
from core.audit.presentation import (
    HIDDEN,
    channel_label,
    present_changes,
    present_entries,
)
from members.actions import change_member, move_member, set_skills
from organizations.actions import record_unit
from organizations.queries import labels_of_code_list
from reports.actions import open_round
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory


def test_a_move_is_presented_by_names_not_by_keys(staff, branch, east):
    member = MemberFactory(organization=branch)
    second = BranchFactory(name="东社区第二支部", parent=east)
    move_member(member, second, by=staff)

    entry = present_entries(history_of(member, staff))[0]

    assert (entry.who, entry.action) == ("赵敏", "调整党员所在党组织")
    assert next((line.label, line.before, line.after) for line in entry.lines) == (
        "所在党组织",
        "东社区第一支部",
        "东社区第二支部",
    )


@time_machine.travel(dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC))
def test_an_entry_shows_local_time(staff, east):
    record_many([AuditEvent(east, action="tests.seen")], by=staff)

    assert str(AuditEntry.objects.latest("pk")).startswith("2026年3月3日 07:30 赵敏")


def test_the_channel_of_a_job_has_a_label():
    assert channel_label("job") == "后台任务"


def test_keys_counters_and_paths_are_left_out(staff, east):
    entry = present_entries(history_of(east, staff))[0]

    labels = [line.label for line in entry.lines]
    assert {"Id", "Last child number", "路径"}.isdisjoint(labels)
    assert {line.label: line.after for line in entry.lines}["上级组织"] == ("长安街道")


def test_a_number_is_hidden_wholly_and_choices_have_labels(staff, branch):
    member = MemberFactory(organization=branch)

    entry = present_entries(history_of(member, staff))[0]

    values = {line.label: line.after for line in entry.lines}
    assert values["身份证号码"] == HIDDEN
    assert values["性别"] == "男"


def test_codes_of_a_list_have_labels(staff, street, branch):
    unit = record_unit("第一中学", host=street, by=staff, sector="5")
    member = MemberFactory(organization=branch)
    change_member(member, by=staff, education="31")
    set_skills(member, skills=["law", "health"], available="", by=staff)

    values_by_label = {
        line.label: line.after
        for row in (unit, member)
        for entry in present_entries(history_of(row, staff))
        for line in entry.lines
    }

    codes = (("org_sectors", "5"), ("education", "31"))
    assert [values_by_label["行业"], values_by_label["学历"]] == [
        labels_of_code_list(a)(b) for a, b in codes
    ]
    assert not {"5", "31"} & {*values_by_label.values()}
    assert (
        values_by_label["特长"]
        == labels_of_code_list("skills")(["law", "health"])
        != "law、health"
    )


def test_a_count_of_related_rows_is_labelled_by_their_name(staff, street, east):
    row = open_round(street, dt.date(2026, 6, 1), by=staff)

    entry = present_entries(history_of(row, staff))[0]

    assert ("月报", "1") in [(line.label, line.after) for line in entry.lines]


def test_a_column_that_was_renamed_is_labelled_as_today_in_entries_of_before():
    changes = present_changes("communities.Meeting", {}, {"withdrawn_on": "2026-06-03"})

    assert [(c.label, c.after) for c in changes] == [("作废时间", "2026年6月3日")]


def test_a_logged_amount_is_shown_as_the_pages_show_it():
    changes = present_changes("finance.Voucher", {}, {"amount": "5000.00"})

    assert [change.after for change in changes] == ["5,000.00"]
