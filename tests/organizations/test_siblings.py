"""Two organizations below one parent never have one name, in any spelling."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from core.errors import ConstraintViolated
from organizations.actions import (
    change_organization,
    create_organization,
    create_organizations,
    end_organization,
    set_aliases,
)
from organizations.enums import OrganizationKind
from organizations.errors import IsOtherName, NameTaken
from organizations.invariants import find_siblings_of_one_name
from organizations.models import Organization
from organizations.naming import name_key
from tests.factories.organizations import BranchFactory, CommunityFactory

NAME = "第一支部（东区）A"
SPELLINGS = [
    NAME,
    "第一支部(东区)A",
    "第一支部（东区）Ａ",
    "第一支部（东区）a",
    " 第一 支部　（东区）A ",
    "第一\u200b支部（东区）A\ufeff",
    "第一支部（东区）A（共16人）",
]


def create(parent, name):
    return create_organization(
        by=None,
        code="second",
        name=name,
        full_name="全称",
        kind=OrganizationKind.BRANCH,
        parent=parent,
    )


def rename(parent, name):
    return change_organization(BranchFactory(parent=parent), by=None, name=name)


def move(parent, name):
    return change_organization(BranchFactory(name=name), by=None, parent=parent)


@pytest.mark.parametrize("write", [create, rename, move])
@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_second_organization_of_that_name_is_refused(east, typed, write):
    BranchFactory(parent=east, name=NAME)
    rule = next(
        rule
        for rule in Organization._meta.constraints
        if rule.name == "organization_name_once_per_parent"
    )

    with pytest.raises(ConstraintViolated) as refused, transaction.atomic():
        write(east, typed)

    assert str(refused.value) == str(rule.violation_error_message)


@pytest.mark.parametrize("typed", SPELLINGS)
def test_an_alias_with_the_name_of_a_sibling_is_refused(east, typed):
    BranchFactory(parent=east, name=NAME)

    with pytest.raises(NameTaken):
        set_aliases(BranchFactory(parent=east), [typed], by=None)


def test_a_bulk_creation_with_that_name_is_refused_as_well(db):
    top = {
        "code": "c",
        "name": "市",
        "full_name": "市委",
        "kind": "city",
        "parent": None,
    }
    below = {"full_name": "全称", "kind": "street", "parent": "c"}
    twins = [{**below, "code": code, "name": "云栖街道"} for code in ("a", "b")]

    with pytest.raises((ConstraintViolated, IntegrityError)), transaction.atomic():
        create_organizations([top, *twins], by=None)


@pytest.mark.parametrize("typed", ["第二支部", "第一支部（西区）A"])
def test_another_name_is_accepted(east, typed):
    BranchFactory(parent=east, name=NAME)

    assert create(east, typed).name == typed


def test_the_name_is_free_elsewhere_and_after_the_end_of_its_organization(east):
    first = BranchFactory(parent=east, name=NAME)
    BranchFactory(parent=CommunityFactory(), name=NAME)
    end_organization(first, reason="撤销", by=None)

    assert create(east, NAME).name == NAME


def test_a_name_is_stored_without_invisible_characters(east):
    branch = create(east, " 第二\u200b支部　")

    assert (branch.name, branch.versions.get().name) == ("第二支部", "第二支部")


def test_earlier_namesakes_are_migrated_and_reported(east):
    first, second = BranchFactory(parent=east, name=NAME), BranchFactory(parent=east)
    rows = Organization.objects.filter(pk=second.pk)
    rows.update(name=SPELLINGS[1], name_key=None)

    migration = import_module("organizations.migrations.0002_name_key")
    migration.fill_keys(apps, SimpleNamespace(connection=connection))

    keys = Organization.objects.in_bulk([first.pk, second.pk])
    assert [keys[first.pk].name_key is None, keys[second.pk].name_key] == [False, None]
    assert list(find_siblings_of_one_name()) == [f"{second.code}: {SPELLINGS[1]}"]
    change_organization(second, by=None, guidance_parent=east)
    with pytest.raises(ConstraintViolated), transaction.atomic():
        change_organization(second, by=None, name=NAME)
    change_organization(second, by=None, name="第二支部")
    assert list(find_siblings_of_one_name()) == []


@pytest.mark.parametrize("write", [create, rename, move])
@pytest.mark.parametrize("typed", SPELLINGS)
def test_the_other_name_of_a_sibling_is_refused_as_a_name(east, typed, write):
    elder = BranchFactory(parent=east, name="老年支部")
    set_aliases(elder, [NAME], by=None)

    with pytest.raises(IsOtherName) as refusal:
        write(east, typed)

    keys = list(Organization.objects.filter(parent=east).values_list("name_key"))
    assert "老年支部" in str(refusal.value)
    assert (name_key(NAME),) not in keys


def test_an_organization_may_take_its_own_other_name_and_that_of_an_ended_one(east):
    elder = BranchFactory(parent=east, name="老年支部")
    set_aliases(elder, ["夕阳红支部"], by=None)

    renamed = change_organization(elder, by=None, name="夕阳红支部")
    end_organization(renamed, by=None, reason="撤销")
    second = create(east, "夕阳红支部")

    assert (renamed.name, second.name) == ("夕阳红支部", "夕阳红支部")
