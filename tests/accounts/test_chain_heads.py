"""Heads of the chain leave the machine, and a cut-off end is noticed beside them."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.actions import seal_entries
from accounts.chain_heads import find_lost_heads, publish_head
from accounts.models import (
    AccessEntry,
    AuditEntry,
    DigestEntry,
    DigestSealLine,
    Seal,
    SealLine,
)
from accounts.proofs import broken_chain, find_rows_without_action
from core.db.triggers import suspend_triggers
from core.registries.chores import chores
from members.models import Affiliation, Member
from tests.factories.members import MemberFactory

CHAIN = (AuditEntry, AccessEntry, DigestEntry, Seal, SealLine, DigestSealLine)


@pytest.fixture
def chain(east):
    """One seal over the founding of 东社区."""
    seal_entries()
    return east


def cut_the_tail(number):
    """Remove the seals after a number with all that they cover, as an owner can."""
    with suspend_triggers(*CHAIN, Member):
        later = Seal.objects.filter(number__gt=number)
        entries = {*AuditEntry.objects.filter(seal_line__seal__in=later)}
        digests = {*DigestEntry.objects.filter(seal_line__seal__in=later)}
        SealLine.objects.filter(seal__in=later).delete()
        DigestSealLine.objects.filter(seal__in=later).delete()
        later.delete()
        for row in entries | digests:
            row.delete()
        Affiliation.all_objects.all().delete()
        Member.all_objects.all().delete()


def test_a_cut_off_end_is_noticed_beside_the_head_in_the_file(
    chain, settings, tmp_path
):
    settings.AUDIT_HEAD_TO = f"file:{tmp_path / 'heads.txt'}"
    publish_head()
    MemberFactory(organization=chain)
    seal_entries()
    publish_head()
    assert list(find_lost_heads()) == []

    cut_the_tail(1)

    assert (list(broken_chain()), list(find_rows_without_action())) == ([], [])
    (lost,) = find_lost_heads()
    assert "seal 2 " in lost


def test_a_replaced_chain_is_noticed_beside_the_head_in_the_file(
    chain, settings, tmp_path
):
    settings.AUDIT_HEAD_TO = f"file:{tmp_path / 'heads.txt'}"
    publish_head()
    with suspend_triggers(Seal, SealLine, DigestSealLine):
        SealLine.objects.all().delete()
        DigestSealLine.objects.all().delete()
        Seal.objects.all().delete()

    with time_machine.travel(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)):
        seal_entries()

    assert len(list(find_lost_heads())) == 1


def test_a_head_is_mailed_where_an_address_is_set(chain, settings, mailoutbox):
    settings.AUDIT_HEAD_TO = "mail:shenji@example.cn,jiwei@example.cn"

    publish_head()

    (mail,) = mailoutbox
    assert mail.to == ["shenji@example.cn", "jiwei@example.cn"]
    assert mail.body.endswith(f"seal 1 {Seal.objects.get().digest}")


def test_a_printed_head_is_whole_and_verify_compares_it(chain, capsys):
    publish_head()
    line = capsys.readouterr().out.strip()

    call_command("verify", only="accounts.chain", head=[line], stdout=StringIO())
    with pytest.raises(CommandError, match="有 1 项不成立"):
        call_command(
            "verify",
            only="accounts.chain",
            head=[line.replace("seal 1", "seal 2")],
            stdout=StringIO(),
        )

    assert line.endswith(f"seal 1 {Seal.objects.get().digest}")


def test_a_file_of_heads_that_falls_silent_is_noticed(chain, settings, tmp_path):
    settings.AUDIT_HEAD_TO = f"file:{tmp_path / 'gone' / 'heads.txt'}"
    assert list(find_lost_heads()) == []

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=4)):
        (silent,) = find_lost_heads()

    assert "no head was written" in silent


def test_the_head_leaves_daily():
    assert chores.get("accounts.publish_head").daily_at == (0, 20)
