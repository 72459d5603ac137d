"""A seal covers every column of what it seals, and its own."""

import pytest

from accounts.actions import seal_entries
from accounts.chain import entry_mac
from accounts.models import AuditEntry, DigestEntry, Seal
from accounts.proofs import broken_chain
from tests.factories.members import MemberFactory
from tests.tampering import Target, owner_of_the_tables, tamper

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SEALED = {
    AuditEntry: {field.column for field in AuditEntry._meta.concrete_fields} - {"id"},
    # What authenticates an entry follows from its other columns.
    DigestEntry: {"at", "action", "rows", "after_seal"},
    Seal: {field.column for field in Seal._meta.concrete_fields} - {"id"},
}
COLUMNS = [
    Target(model, column)
    for model, columns in SEALED.items()
    for column in sorted(columns)
]


@pytest.fixture
def sealed(east):
    """Two seals over what was done in 东社区."""
    for _seal in range(2):
        MemberFactory(organization=east)
        seal_entries()


@pytest.mark.parametrize("target", COLUMNS, ids=str)
def test_a_change_of_any_column_breaks_the_chain(sealed, target):
    key = target.model.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert list(broken_chain()) == []

    with owner_of_the_tables():
        assert tamper(target, key)
        assert list(broken_chain())


@pytest.mark.parametrize("column", ["at", "action", "after_seal"])
def test_what_authenticates_a_digest_entry_follows_from_each_column(sealed, column):
    entry = DigestEntry.objects.order_by("pk").last()
    assert entry_mac(entry) == entry.mac

    with owner_of_the_tables():
        assert tamper(Target(DigestEntry, column), entry.pk)
        changed = DigestEntry.objects.get(pk=entry.pk)
        assert entry_mac(changed) != entry.mac
