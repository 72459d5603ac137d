"""What was changed without an action stays found when an action writes over it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.proofs import find_rows_without_action
from core.actions import Action
from core.db.triggers import suspend_triggers
from core.months import today
from exchange.actions import (
    approve_publication,
    draft_publication,
    withdraw_publication,
)
from exchange.models import Publication
from members.models import Member
from organizations.models import Unit
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def found():
    return [*find_rows_without_action()]


def change_past_the_application(row, column, value):
    """Change a column as the owner of the tables can."""
    with suspend_triggers(type(row)):
        type(row)._base_manager.filter(pk=row.pk).update(**{column: value})


def act(function):
    return Action(function, "Test")()


@pytest.fixture
def unit(east):
    return act(lambda: Unit.objects.create(name="棉纺厂", host=east))


SHOWN = {"audience": "public", "starts_on": today()}
WRITES = {
    "save": lambda unit: Unit.objects.get(pk=unit.pk).save(),
    "update": lambda unit: Unit.objects.filter(name="棉纺厂").update(name="丝厂"),
    "update of the key": lambda unit: Unit.objects.filter(pk=unit.pk).update(name="厂"),
    "bulk_update": lambda unit: Unit.objects.bulk_update([unit], ["name"]),
    "delete": lambda unit: unit.delete(),
    "delete many": lambda unit: Unit.objects.filter(name="棉纺厂").delete(),
}


@pytest.mark.parametrize("write", WRITES)
def test_no_way_of_writing_mends_what_was_changed_without_an_action(unit, write):
    change_past_the_application(unit, "address", "假地址")
    key = f"organizations.Unit {unit.pk}:"

    act(lambda: WRITES[write](unit))
    act(lambda: Unit.objects.filter(name="丝厂").update(address="解放路"))

    lines = [line for line in found() if line.startswith(key)]
    assert len(lines) == 1
    assert "changed without an action before" in lines[0]


@pytest.mark.parametrize("write", WRITES)
def test_what_actions_alone_have_written_stays_clean(unit, write):
    act(lambda: Unit.objects.filter(pk=unit.pk).update(address="解放路"))
    before = found()

    act(lambda: WRITES[write](unit))
    act(lambda: Unit.objects.filter(pk=unit.pk).update(address="人民路"))

    assert found() == before


def test_a_row_that_is_written_twice_in_one_action_stays_clean(unit):
    before = found()

    def twice():
        made = Unit.objects.create(name="丙厂", host=unit.host)
        for text in ("甲", "乙"):
            Unit.objects.filter(pk__in=[unit.pk, made.pk]).update(address=text)

    act(twice)

    assert found() == before


def test_a_forged_day_of_joining_is_named_after_the_page_changed_the_address(
    client, east, branch
):
    member = MemberFactory(organization=branch)
    change_past_the_application(member, "join_date", "1999-07-01")
    client.force_login(holder(Role.SECRETARY, east))
    url = reverse("members:change", args=[member.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    client.post(url, {**sent, "address": "人民路 1 号"})

    assert Member.objects.get(pk=member.pk).address == "人民路 1 号"
    assert any(line.startswith(f"members.Member {member.pk}: ch") for line in found())


def test_a_forged_publication_is_named_after_it_was_withdrawn(east):
    keeper, other = holder(Role.SECRETARY, east), holder(Role.CLERK, east)
    draft = draft_publication(
        east, by=keeper, kind="notice", title="停水通知", text="周三停水", **SHOWN
    )
    approve_publication(draft, by=other)
    change_past_the_application(draft, "text", "周四停电")

    withdraw_publication(draft, by=keeper, reason="写错了")

    key = f"{Publication._meta.label} {draft.pk}:"
    assert [line for line in found() if line.startswith(key)]


def test_many_rows_are_read_before_they_are_written_by_one_query(east):
    units = [UnitFactory(host=east) for _number in range(60)]

    with CaptureQueriesContext(connection) as many:
        act(lambda: Unit.objects.bulk_update(units, ["address"]))
    with CaptureQueriesContext(connection) as one:
        act(lambda: Unit.objects.bulk_update(units[:1], ["address"]))

    assert len(many) == len(one)
