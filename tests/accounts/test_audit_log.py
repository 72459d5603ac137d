"""The audit log is sealed into a chain that reveals tampering."""

import datetime as dt

import pytest
import time_machine

from accounts.actions import seal_entries
from accounts.actions.audit import BATCH_SIZE
from accounts.invariants import (
    broken_chain,
    holders_of_both_money_roles,
    unsealed_too_long,
)
from accounts.models import AuditEntry, RoleAssignment, Seal, SealLine
from core import audit
from core.db.triggers import suspend_triggers
from core.months import today
from core.registries.chores import chores
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.stage import race


def leave_entries(subject, count):
    events = [
        audit.AuditEvent(subject, subject.pk, {}, {"n": n}, action="tests.entry")
        for n in range(count)
    ]
    audit.record_many(events, by=None)


@pytest.fixture
def sealed(east):
    """Three seals over the entries of 东社区's founding and eleven more."""
    seal_entries()
    for count in (4, 7):
        leave_entries(east, count)
        seal_entries()
    return list(Seal.objects.order_by("number"))


def test_seals_follow_one_another(sealed):
    assert [seal.previous for seal in sealed] == [
        "",
        sealed[0].digest,
        sealed[1].digest,
    ]
    assert SealLine.objects.count() == AuditEntry.objects.count()
    assert list(broken_chain()) == []


def test_sealing_twice_seals_once(sealed):
    assert seal_entries() == 0
    assert Seal.objects.count() == len(sealed)


def test_the_sealer_comes_round_by_itself():
    chore = chores.get("accounts.seal")

    assert (chore.run, chore.every) == (seal_entries, 2.0)


def test_a_great_many_entries_are_sealed_in_portions(east):
    leave_entries(east, BATCH_SIZE)

    portions = [seal_entries(), seal_entries(), seal_entries()]

    assert portions == [BATCH_SIZE, AuditEntry.objects.count() - BATCH_SIZE, 0]
    assert list(broken_chain()) == []


def change_one():
    entry = AuditEntry.objects.order_by("pk")[5]
    AuditEntry.objects.filter(pk=entry.pk).update(after={"n": 99})


def drop_one():
    entry = AuditEntry.objects.order_by("pk")[5]
    SealLine.objects.filter(entry=entry).delete()
    entry.delete()


def swap_two():
    one, other = AuditEntry.objects.order_by("pk")[5:7]
    AuditEntry.objects.filter(pk=one.pk).update(after=other.after)
    AuditEntry.objects.filter(pk=other.pk).update(after=one.after)


def slip_one_in():
    first = AuditEntry.objects.order_by("pk")[5]
    entry = AuditEntry.objects.create(
        action="tests.forged", subject_type="x", subject_id="1", channel="page"
    )
    SealLine.objects.create(entry=entry, seal=first.seal_line.seal)


def drop_a_seal():
    SealLine.objects.filter(seal__number=2).delete()
    Seal.objects.filter(number=2).delete()


def rewrite_a_seal():
    Seal.objects.filter(number=2).update(digest="0" * 64)


@pytest.mark.parametrize(
    "tamper",
    [change_one, drop_one, swap_two, slip_one_in, drop_a_seal, rewrite_a_seal],
)
def test_tampering_with_the_audit_log_is_found(sealed, tamper):
    with suspend_triggers(AuditEntry, Seal, SealLine):
        tamper()

    assert list(broken_chain()) != []


def test_an_entry_left_unsealed_for_long_shows(sealed, east):
    with time_machine.travel(dt.datetime.now(dt.UTC) - dt.timedelta(hours=3)):
        leave_entries(east, 1)

    entry = AuditEntry.objects.order_by("-pk")[0]
    assert list(unsealed_too_long()) == [f"audit entry {entry.pk}"]


def test_both_money_hands_show_even_where_they_came_past_the_action(east, street):
    user = holder(Role.ACCOUNTANT, street)
    with suspend_triggers(RoleAssignment):
        RoleAssignment.objects.create(
            user=user, role=Role.CASHIER, organization=east, starts_on=today()
        )

    assert list(holders_of_both_money_roles()) == [
        f"account {user.pk}: {street.path} / {east.path}"
    ]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_sealers_never_fork_the_chain(city):
    sealers = race(seal_entries, seal_entries)

    assert sealers.first == AuditEntry.objects.count()
    assert sealers.rival.result() == 0
    assert [seal.number for seal in Seal.objects.all()] == [1]
    assert list(broken_chain()) == []
