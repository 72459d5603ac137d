"""What `watched` notices: every way in which a row can come, change or go."""

import pytest
from django.db import connection

from organizations.models import Organization
from organizations.roles import Role
from tests.changes import watched
from tests.factories.accounts import holder
from tests.factories.organizations import CommunityFactory

ORGANIZATIONS = "organizations.Organization"


def test_looking_changes_nothing(east):
    with watched() as changes:
        Organization.objects.get(pk=east.pk)

    assert changes.tables() == set()


def test_a_new_row_is_noticed(db):
    with watched() as changes:
        CommunityFactory()

    assert ORGANIZATIONS in changes.tables()


def test_a_changed_row_is_noticed(east):
    with watched() as changes:
        Organization.objects.filter(pk=east.pk).update(name="改名社区")

    assert changes.tables() == {ORGANIZATIONS}


def test_a_row_that_was_changed_back_is_not(east):
    with watched() as changes:
        Organization.objects.filter(pk=east.pk).update(name="改名社区")
        Organization.objects.filter(pk=east.pk).update(name=east.name)

    assert changes.tables() == set()


def test_a_row_that_is_gone_is_noticed(east):
    assignment = holder(Role.SECRETARY, east).role_assignments.get()

    with watched() as changes:
        type(assignment)._base_manager.filter(pk=assignment.pk)._raw_delete("default")

    assert changes.tables() == {"accounts.RoleAssignment"}


@pytest.mark.parametrize(
    "sql",
    [
        "WITH one AS (SELECT 1) UPDATE {table} SET name = 'x'",
        "/* said first */ UPDATE {table} SET name = 'x'",
        "update {table} set name = 'x'",
    ],
)
def test_a_statement_written_by_hand_is_noticed(east, sql):
    table = Organization._meta.db_table

    with watched() as changes, connection.cursor() as cursor:
        cursor.execute(sql.format(table=table))

    assert changes.tables() == {ORGANIZATIONS}
