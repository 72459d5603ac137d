"""`verify` finds what raw SQL changed without an action."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from core.registries.invariants import invariants
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
    with pytest.raises(CommandError, match="do not hold"):
        call_command("verify", only=key, stdout=StringIO())
