"""Actions: one transaction, one name in the audit log."""

import re
from collections import Counter

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.utils import translation

from accounts.models import AuditEntry
from communities.models import Project
from core import audit
from core.actions import action, actions
from core.audit.presentation import action_label
from core.errors import DomainError
from tests.factories.communities import ProjectFactory

HAN = re.compile("[㐀-鿿]")


class Refused(DomainError):
    """A refusal for these tests."""


@pytest.fixture(autouse=True)
def _registered_for_the_test():
    """Remove the actions that a test declares from the registry."""
    before = dict(actions._items)
    yield
    actions._items = before


def recorded():
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_where_the_log_cannot_be_written_nothing_else_is(staff):
    project = ProjectFactory(name="共建花园")

    @action(label="Renamed")
    def rename_for_test(row):
        Project.objects.filter(pk=row.pk).update(name="不该留下")
        audit.record(row, by=staff)

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_auditentry RENAME COLUMN at TO lost")
    with pytest.raises(DatabaseError):
        rename_for_test(project)

    assert Project.objects.get(pk=project.pk).name == "共建花园"


def test_an_event_is_named_after_the_app_and_the_function(staff):
    project = ProjectFactory()

    @action(label="Renamed")
    def rename_for_test(row):
        audit.record(row, by=staff)

    rename_for_test(project)

    assert recorded()[-1] == "tests.rename_for_test"


def test_a_nested_action_records_under_its_own_name(staff):
    project = ProjectFactory()
    before = len(recorded())

    @action(label="Inner")
    def inner_for_test(row):
        audit.record(row, by=staff)

    @action(label="Outer")
    def outer_for_test(row):
        inner_for_test(row)
        audit.record(row, by=staff)

    outer_for_test(project)

    assert recorded()[before:] == ["tests.inner_for_test", "tests.outer_for_test"]


def test_a_refused_action_leaves_neither_row_nor_event(staff):
    project = ProjectFactory(name="共建花园")
    before = recorded()

    @action(label="Fails")
    def fail_for_test(row):
        Project.objects.filter(pk=row.pk).update(name="不该留下")
        audit.record(row, by=staff)
        raise Refused

    with pytest.raises(Refused):
        fail_for_test(project)

    assert (Project.objects.get(pk=project.pk).name, recorded()) == ("共建花园", before)


def test_nothing_is_recorded_outside_an_action(staff):
    with pytest.raises(ImproperlyConfigured, match="outside an @action"):
        audit.record(ProjectFactory(), by=staff)


def test_two_actions_of_an_app_cannot_share_a_name():
    @action(label="First")
    def twin_for_test():
        """Do nothing."""

    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        action(label="Second")(twin_for_test.function)


def test_an_entry_under_a_former_name_of_its_action_keeps_its_label():
    @action(label="Renamed", former_name="formerly_for_test")
    def renamed_for_test():
        """Do nothing."""

    former, present = "tests.formerly_for_test", "tests.renamed_for_test"
    assert (action_label(former), action_label(present)) == ("Renamed", "Renamed")
    assert action_label("tests.unknown") == "tests.unknown"


def test_an_entry_of_an_action_that_moved_to_another_app_keeps_its_label():
    @action(label="Moved", former_name="elsewhere.moved_for_test")
    def moved_for_test():
        """Do nothing."""

    assert action_label("elsewhere.moved_for_test") == "Moved"


def test_no_action_has_the_former_name_of_another():
    former = [item.former_key for item in actions if item.former_key]

    assert sorted({*former} & {item.key for item in actions}) == []
    assert len({*former}) == len(former)


def test_every_action_is_labelled_in_both_languages():
    with translation.override("en"):
        english = {item.key: str(item.label) for item in actions}
    with translation.override("zh-hans"):
        chinese = {item.key: str(item.label) for item in actions}

    assert len(english) > 70
    assert [key for key, name in english.items() if HAN.search(name)] == []
    assert [key for key, name in chinese.items() if not HAN.search(name)] == []


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_actions_have_the_same_label(language):
    with translation.override(language):
        labels = Counter(str(one.label) for one in actions)

    assert [label for label, count in labels.items() if count > 1] == []
