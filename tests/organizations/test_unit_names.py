"""Two units of one community never have one name, in any spelling."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction

from core.errors import ConstraintViolated
from organizations.actions import change_unit, record_unit
from organizations.invariants import find_units_of_one_name
from organizations.models import Unit
from tests.factories.organizations import CommunityFactory, UnitFactory
from tests.messages import rule_message

NAME = "东安医院（分院）A"
SPELLINGS = [
    *(NAME, "东安医院(分院)A", "东安医院（分院）Ａ", "东安医院（分院）a"),
    *(" 东安 医院　（分院）A ", "东安\u200b医院（分院）A\ufeff"),
]


def enter(host, name):
    return record_unit(name, host=host, by=None)


def rename(host, name):
    return change_unit(UnitFactory(host=host), by=None, name=name)


def move(host, name):
    return change_unit(UnitFactory(name=name), by=None, host=host)


@pytest.mark.parametrize("write", [enter, rename, move])
@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_second_unit_of_that_name_is_refused(east, typed, write):
    UnitFactory(host=east, name=NAME)

    with pytest.raises(ConstraintViolated) as refused, transaction.atomic():
        write(east, typed)

    assert str(refused.value) == rule_message("unit_name_once_per_host")


def test_another_name_and_another_community_are_accepted(east):
    UnitFactory(host=east, name=NAME)

    assert enter(east, "东安医院（总院）A").name == "东安医院（总院）A"
    assert enter(CommunityFactory(), NAME).name == NAME


def test_a_renamed_unit_is_found_by_the_sound_of_its_new_name(east):
    unit = rename(east, "东安医院")

    assert Unit.objects.get(pk=unit.pk).sound == UnitFactory(name="东安医院").sound


def test_earlier_namesakes_keep_their_names_and_are_reported(east):
    first, second = UnitFactory(host=east, name=NAME), UnitFactory(host=east)
    Unit.objects.filter(pk=second.pk).update(name=SPELLINGS[1], name_key=None)

    migration = import_module("organizations.migrations.0022_unit_name_key")
    migration.fill_keys(apps, SimpleNamespace(connection=connection))

    units = Unit.objects.in_bulk([first.pk, second.pk])
    assert [units[first.pk].name_key is None, units[second.pk].name_key] == [
        False,
        None,
    ]
    assert list(find_units_of_one_name()) == [f"{second.pk}: {SPELLINGS[1]}"]
    change_unit(second, by=None, address="老街一号")
    change_unit(second, by=None, name="东安医院二分院")
    assert list(find_units_of_one_name()) == []
