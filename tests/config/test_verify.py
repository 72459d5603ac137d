"""`verify` finds what raw SQL changed without an action."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.actions import seal_entries
from accounts.models import Seal, Verification
from config.readiness import find_due_recount
from core.registries.invariants import Invariant, invariants, prove
from tests.factories.members import CheckInFactory, MemberFactory

pytestmark = pytest.mark.django_db

BREAKS = {
    "organizations.copies": "UPDATE organizations_organization SET name = 'x'",
    "organizations.paths": (
        "UPDATE organizations_organization SET path = '999999' WHERE code = 'branch'"
    ),
    "organizations.namesakes": (
        "UPDATE organizations_organization SET name_key = NULL WHERE code = 'branch'"
    ),
    "organizations.left_behind": (
        "UPDATE organizations_organization SET ended_on = '2026-01-01'"
        " WHERE code = 'branch'"
    ),
    "organizations.sounds": (
        "UPDATE organizations_organization SET sound = 'x' WHERE code = 'branch'"
    ),
    "organizations.recorded_after": (
        "UPDATE organizations_organization SET ended_on = '2000-01-02'"
        " WHERE code = 'east'"
    ),
    "members.homes": "UPDATE members_member SET organization_id = NULL",
    "members.check_ins": "UPDATE members_member SET community_id = NULL",
    "members.orphans": "DELETE FROM members_affiliation",
    "members.indexes": (
        "UPDATE members_member SET id_index = substr(id_index, 2) || 'x'"
    ),
    "members.counting": "UPDATE members_affiliation SET start_month = '2001-01-01'",
}


def world(branch, east):
    MemberFactory(organization=branch)
    CheckInFactory(community=east, member=MemberFactory(organization=branch))


def test_data_made_by_actions_is_valid(branch, east):
    world(branch, east)

    call_command("verify", stdout=StringIO())


@pytest.mark.parametrize("key", sorted(BREAKS))
def test_verify_finds_what_was_changed_without_an_action(branch, east, key):
    world(branch, east)
    with connection.cursor() as cursor:
        cursor.execute(BREAKS[key])

    assert list(invariants.get(key).broken())
    with pytest.raises(CommandError, match="项不成立"):
        call_command("verify", only=key, stdout=StringIO())


def fail(error):
    """A search that runs into the error after its first row."""

    def search():
        yield "one row"
        raise error

    return search


@pytest.fixture
def damaged():
    """An invariant that cannot be proved, declared before all others."""
    broken = Invariant("tests.damaged", "one table is damaged", fail(KeyError("k9")))
    others = list(invariants)
    invariants._items.clear()
    invariants.add(broken, *others)
    yield broken
    del invariants._items["tests.damaged"]


def test_a_search_that_fails_hides_none_of_the_others(branch, east, damaged):
    world(branch, east)
    with connection.cursor() as cursor:
        cursor.execute(BREAKS["members.counting"])
    output = StringIO()

    with pytest.raises(CommandError, match="有 3 项不成立"):
        call_command("verify", stdout=output)

    due = {*find_due_recount()}
    lines = [one for one in output.getvalue().splitlines() if one not in due]
    keys = [line.split()[2].rstrip(":") for line in lines if line[:1] not in " 链"]
    assert keys == [one.key for one in invariants]
    assert lines[0].startswith("UNPROVED")
    assert "           KeyError: 'k9'" in lines


def test_a_failed_query_hides_none_of_the_others(branch, damaged):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE finance_line RENAME TO hidden")

    findings = {one.key: prove(one) for one in invariants}

    assert findings["members.homes"].status == "ok"
    assert findings["finance.running_balances"].status == "unproved"


def test_a_complete_run_leaves_its_verdict_and_its_seal(branch, east):
    world(branch, east)
    seal_entries()
    head = Seal.objects.get()
    call_command("verify", stdout=StringIO())
    with connection.cursor() as cursor:
        cursor.execute(BREAKS["members.counting"])

    with pytest.raises(CommandError):
        call_command("verify", stdout=StringIO())

    second, first = Verification.objects.all()
    assert (first.holds, first.findings, first.invariants) == (
        True,
        [],
        len(invariants),
    )
    assert (first.seal_number, first.seal_digest) == (head.number, head.digest)
    assert (second.holds, [f["key"] for f in second.findings]) == (
        False,
        ["accounts.digests", "members.counting"],
    )


def test_a_run_over_an_unsealed_log_says_so_in_words(branch):
    said = StringIO()

    call_command("verify", stdout=said)

    assert said.getvalue().splitlines()[-1] == "链首：尚无封签"


def test_a_partial_run_leaves_no_verdict(branch):
    call_command("verify", only="members.homes", stdout=StringIO())

    assert not Verification.objects.exists()
