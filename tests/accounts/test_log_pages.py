"""The two logs answer: who looked at whose data, who changed what, when and why."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actions import change_account, create_account, record_access
from accounts.models import AccessEntry, AuditEntry
from core import audit
from core.actions import action, actions, disclosing_actions
from core.audit.presentation import action_label
from members.actions import change_member, record_look, unmask
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory

ACCESSES, CHANGES = reverse("accounts:access_log"), reverse("accounts:change_log")
COLUMNS = ("actor_name", "action", "subject", "organization", "reason")


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


@pytest.fixture
def auditor(db):
    return holder(Role.AUDITOR, name="郑实")


def ask(client, person, log=ACCESSES, **asked):
    """Open a log as a person and return the rows it shows."""
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    table = client.get(log, asked).context["table"]
    return [tuple(str(row.get_cell(name)) for name in COLUMNS) for row in table.rows]


def export(client, person, log=ACCESSES, **asked):
    """Download a log as a person and return the lines of the sheet."""
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    answer = client.get(log, {**asked, "export": "xlsx"})
    sheet = load_workbook(BytesIO(answer.content)).active
    return [[str(cell or "") for cell in row] for row in sheet.values]


def days_ago(days):
    return dt.datetime.now(dt.UTC) - dt.timedelta(days=days)


def test_the_log_says_who_read_a_person_s_number_last_week_and_why(
    client, auditor, secretary, staff, member
):
    namesake = MemberFactory(name="李明明", organization=member.organization)
    with time_machine.travel(days_ago(20)):
        unmask(member, "phone", by=staff, reason="早先一次")
    with time_machine.travel(days_ago(5)):
        unmask(member, "id_number", by=secretary, reason="核对介绍信")
        unmask(namesake, "id_number", by=secretary, reason="另一个人")
        record_look(member, by=secretary)

    rows = ask(
        client,
        auditor,
        about=" 李 明 ",
        since=days_ago(7).date(),
        action="members.unmask",
    )

    subject = f"党员 李明（记录号{member.pk}）"
    action_text = f"{action_label('members.unmask')}（身份证号码）"
    assert rows == [
        ("王芳", action_text, subject, str(member.organization), "核对介绍信")
    ]


def test_a_person_is_found_under_the_name_they_had_then(
    client, auditor, secretary, member
):
    unmask(member, "phone", by=secretary, reason="核对")
    change_member(member, by=secretary, name="李铭")

    found = [ask(client, auditor, about=name) for name in ("李明", "李铭")]

    assert [len(rows) for rows in found] == [1, 1]


def test_the_reader_of_data_is_found_by_a_part_of_their_name_then_or_now(
    client, auditor, secretary, staff, member
):
    record_look(member, by=secretary)
    record_look(member, by=staff)
    change_account(secretary, by=None, display_name="王小芳")

    found = [ask(client, auditor, by=name) for name in ("芳", "王小", "赵")]

    assert [[row[0] for row in rows] for rows in found] == [
        ["王芳"],
        ["王芳"],
        ["赵敏"],
    ]


def test_a_day_is_the_office_s_day_from_midnight_to_midnight(
    client, auditor, secretary, member
):
    eastern = dt.timezone(dt.timedelta(hours=8))
    day = dt.date.today() - dt.timedelta(days=3)  # noqa: DTZ011 -- any day will do
    times = [(-1, (23, 59)), (0, (0, 1)), (0, (23, 59)), (1, (0, 1))]
    moments = [
        dt.datetime.combine(day + dt.timedelta(days=days), dt.time(*clock), eastern)
        for days, clock in times
    ]
    for number, moment in enumerate(moments):
        with time_machine.travel(moment):
            unmask(member, "phone", by=secretary, reason=f"第{number}次")

    rows = ask(client, auditor, since=day, until=day)

    assert [row[-1] for row in rows] == ["第2次", "第1次"]


def test_the_last_thirty_days_are_shown_until_others_are_asked_for(
    client, auditor, secretary, member
):
    with time_machine.travel(days_ago(40)):
        record_look(member, by=secretary)

    assert ask(client, auditor) == []
    assert len(ask(client, auditor, since="")) == 1


@pytest.mark.parametrize("log", [ACCESSES, CHANGES])
def test_the_auditor_learns_no_member_from_a_log_but_asks_for_one_by_name(
    client, auditor, secretary, member, log
):
    record_look(member, by=secretary)
    MemberFactory(name="李明明", organization=member.organization)

    shown = [ask(client, auditor, log, about=name) for name in ("", "李", "明")]
    named = ask(client, auditor, log, about="李明")

    assert [row for rows in shown for row in rows if "李明" in str(row)] == []
    assert named
    assert all("李明" in row[2] and "李明明" not in row[2] for row in named)


@pytest.mark.parametrize("log", [ACCESSES, CHANGES])
def test_street_staff_read_the_names_of_their_area_and_nothing_else(
    client, staff, stranger, secretary, member, log
):
    record_look(member, by=secretary)

    near, far = ask(client, staff, log), ask(client, stranger, log, about="李明")

    assert any("李明" in row[2] for row in near)
    assert far == []


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN])
def test_administrators_read_what_they_did_themselves(client, role, staff):
    administrator = holder(role, name="管理")
    change_account(staff, by=holder(Role.SYSTEM_ADMIN), email="a@example.org")
    account = create_account(by=administrator, username="newcomer", display_name="新人")

    rows = ask(client, administrator, CHANGES)
    history = client.get(reverse("admin:accounts_user_history", args=[account.pk]))
    entry = AuditEntry.objects.about(account).get()
    details = client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk]))

    assert {row[0] for row in rows} == {"管理"}
    assert AuditEntry.objects.exclude(actor=administrator).exists()
    assert f"账号 新人（记录号{account.pk}）" in {row[2] for row in rows}
    assert [line.who for line in history.context["entries"]] == ["管理"]
    assert "newcomer" in details.content.decode()


def test_every_action_that_may_stand_in_the_log_of_accesses_can_be_chosen(
    client, auditor
):
    client.force_login(auditor, "accounts.backends.UsernameOrPhone")

    form = client.get(ACCESSES).context["filter"].form

    offered = {key: label for key, label in form.fields["action"].choices if key}
    assert offered == {one.key: str(one.label) for one in disclosing_actions()}


def test_an_entry_of_before_a_renaming_is_found_under_the_action_of_today(
    client, auditor, member
):
    renamed = next(one for one in actions if one.former_key.startswith("members."))
    for key in (renamed.former_key, renamed.key):
        audit.record_many([audit.AuditEvent(member, None, action=key)], by=None)

    rows = ask(client, auditor, CHANGES, action=renamed.key, about="李明")

    assert [row[1] for row in rows] == [str(renamed.label)] * 2


def test_an_action_that_does_not_say_that_it_discloses_data_records_no_access(
    staff, member
):
    @action(label="Peeped")
    def peep_for_test():
        record_access(member, by=staff)

    try:
        with pytest.raises(ImproperlyConfigured):
            peep_for_test()
    finally:
        del actions._items["tests.peep_for_test"]

    assert AccessEntry.objects.count() == 0


@pytest.mark.parametrize("log", [ACCESSES, CHANGES])
def test_the_export_holds_the_rows_of_the_page(client, auditor, secretary, member, log):
    record_look(member, by=secretary)
    unmask(member, "phone", by=secretary, reason='=HYPERLINK("x")')

    page = ask(client, auditor, log, about="李明")
    lines = export(client, auditor, log, about="李明")

    assert [tuple(line[1:6]) for line in lines if line[3].startswith("党员")] == [
        tuple("" if cell == "—" else cell for cell in row) for row in page
    ]


def test_taking_a_log_along_is_recorded_with_what_was_asked_for(
    client, auditor, secretary, member
):
    record_look(member, by=secretary)

    export(client, auditor, about="李明", action="members.record_look")

    entry = AccessEntry.objects.get(action="exchange.record_list_export")
    assert (entry.actor, entry.subject_type, entry.details["rows"]) == (
        auditor,
        "accounts.AccessEntry",
        1,
    )
    assert {"李明", action_label("members.record_look")} <= {
        *entry.details["criteria"].values()
    }
