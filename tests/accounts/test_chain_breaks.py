"""Breaks of the chain that each have one check to find them."""

import datetime as dt

import pytest
import time_machine

from accounts.actions import seal_entries
from accounts.actions.digests import begin_digests
from accounts.chain import digest_of, seal_digest
from accounts.chain_heads import find_lost_heads, publish_head
from accounts.models import (
    AuditEntry,
    DigestEntry,
    DigestSealLine,
    Seal,
    SealLine,
)
from accounts.proofs import broken_chain
from core.db.triggers import suspend_triggers
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db


def test_the_plain_chain_of_before_is_not_recomputed_before_the_first_keyed_seal(east):
    with suspend_triggers(DigestEntry):
        DigestEntry.objects.all().delete()
    entries = AuditEntry.objects.order_by("pk")
    plain = Seal.objects.create(
        number=1, digest=digest_of("", entries), entries=len(entries)
    )
    SealLine.objects.bulk_create(SealLine(entry=one, seal=plain) for one in entries)
    begin_digests()
    assert list(broken_chain()) == []

    with suspend_triggers(AuditEntry, Seal):
        AuditEntry.objects.update(reason="another")
        Seal.objects.filter(pk=plain.pk).update(digest=digest_of("", entries.all()))

    (found,) = broken_chain()
    assert found == "seal 1 is not the one on which keyed seals began"


def test_a_seal_that_follows_another_one_than_stands_before_it_is_found(east):
    """As somebody with the key could join two chains."""
    for _seal in range(2):
        MemberFactory(organization=east)
        seal_entries()
    last = Seal.objects.order_by("number").last()
    covered = AuditEntry.objects.filter(seal_line__seal=last).order_by("pk")
    digests = DigestEntry.objects.filter(seal_line__seal=last).order_by("pk")
    assert DigestSealLine.objects.filter(seal=last).exists()

    last.previous = "0" * 64
    digest = seal_digest(last, covered, digests)
    with suspend_triggers(Seal):
        Seal.objects.filter(pk=last.pk).update(previous=last.previous, digest=digest)

    assert list(broken_chain()) == ["seal 2 does not follow seal 1"]


def test_a_file_of_heads_that_is_no_longer_written_is_noticed(east, settings, tmp_path):
    settings.AUDIT_HEAD_TO = f"file:{tmp_path / 'heads.txt'}"
    seal_entries()
    publish_head()
    assert list(find_lost_heads()) == []

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=4)):
        (silent,) = find_lost_heads()

    assert "no head was written" in silent
