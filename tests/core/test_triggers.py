"""Append-only tables."""

import pytest
from django.db import DatabaseError, transaction

from accounts.actions import seal_entries
from accounts.models import AuditEntry
from core.db.triggers import suspend_triggers
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_the_audit_log():
    MemberFactory()

    with pytest.raises(DatabaseError, match="auditentry_frozen"), transaction.atomic():
        AuditEntry.objects.update(reason="nothing happened")


def test_the_database_refuses_to_delete_from_the_audit_log():
    MemberFactory()

    with pytest.raises(DatabaseError, match="auditentry_frozen"), transaction.atomic():
        AuditEntry.objects.all()._raw_delete("default")


def test_suspended_triggers_are_installed_again_afterwards():
    MemberFactory()

    with suspend_triggers(AuditEntry):
        AuditEntry.objects.update(reason="a data migration")

    assert set(AuditEntry.objects.values_list("reason", flat=True)) == {
        "a data migration"
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(reason="again")


def test_sealing_includes_every_entry_once():
    MemberFactory()
    entries = AuditEntry.objects.count()

    assert (seal_entries(), seal_entries()) == (entries, 0)
