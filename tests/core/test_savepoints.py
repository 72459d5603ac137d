"""A part of an action that may fail or be taken back on its own."""

import pytest
from django.db import transaction

from accounts.models import DigestEntry
from core.actions import Action
from core.db.digests import WrittenCheck, written_checks
from core.db.savepoints import savepoint
from core.errors import DomainError
from organizations.models import Unit
from tests.factories.organizations import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(east):
    return UnitFactory.create_batch(2, host=east)


def name(unit):
    Unit.objects.filter(pk=unit.pk).update(address="甲")


def name_and_fail(unit):
    with savepoint():
        name(unit)
        raise DomainError


def digested_by(function):
    """The keys of the units that an action digested."""
    last = DigestEntry.objects.count()
    Action(function, "试")()
    entries = DigestEntry.objects.order_by("pk")[last:]
    label = Unit._meta.label
    return {int(key) for entry in entries for key in entry.rows.get(label, ())}


def test_what_failed_on_its_own_is_not_digested(units):
    kept, failed = units

    def write():
        name(kept)
        with pytest.raises(DomainError):
            name_and_fail(failed)

    assert digested_by(write) == {kept.pk}


def test_what_is_taken_back_is_neither_kept_nor_digested_nor_checked(
    units, monkeypatch
):
    def refuse(_written, _new):
        raise DomainError

    check = WrittenCheck("test.none", refuse)
    monkeypatch.setitem(written_checks._items, check.key, check)

    def write():
        with savepoint(undo=True):
            name(units[0])

    assert digested_by(write) == set()
    assert not Unit.objects.filter(address="甲").exists()


def test_what_is_kept_is_digested_with_the_rest(units):
    def write():
        for unit in units:
            with savepoint():
                name(unit)

    assert digested_by(write) == {unit.pk for unit in units}


def test_what_a_rule_refuses_is_taken_back_alone(units, monkeypatch):
    kept, refused = units

    def refuse(written, _new):
        if refused.pk in written.get(Unit, ()):
            raise DomainError

    check = WrittenCheck("test.one", refuse)
    monkeypatch.setitem(written_checks._items, check.key, check)

    def write():
        with savepoint():
            name(kept)
        with pytest.raises(DomainError), savepoint():
            name(refused)

    assert digested_by(write) == {kept.pk}
    assert [*Unit.objects.filter(address="甲")] == [kept]


def test_a_new_row_is_new_to_the_rules_once(east, monkeypatch):
    new = []
    check = WrittenCheck(
        "test.new", lambda _written, fresh: new.append(len(fresh.get(Unit, ())))
    )
    monkeypatch.setitem(written_checks._items, check.key, check)

    def write():
        unit = Unit.objects.create(name="乙厂", host=east)
        with savepoint():
            name(unit)

    Action(write, "试")()

    assert new == [0, 1]


def test_outside_of_an_action_it_is_a_part_of_a_transaction(units):
    with transaction.atomic(), pytest.raises(DomainError):
        name_and_fail(units[0])

    assert not Unit.objects.filter(address="甲").exists()
