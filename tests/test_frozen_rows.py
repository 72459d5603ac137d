"""What is frozen stays, whatever statement is sent: on every table that says so."""

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.actions import seal_entries
from core.db.triggers import AppendOnly, iter_triggers
from members.actions import record_look
from tests.factories.accounts import UserFactory
from tests.factories.finance import FundFactory, filled
from tests.factories.members import MemberFactory
from tests.factories.organizations import closed
from tests.factories.reports import MonthlyReturnFactory, publish

TABLES = sorted(
    {
        table
        for config in apps.get_app_configs()
        for table, trigger in iter_triggers(config)
        if isinstance(trigger, AppendOnly)
    }
)
ALL = "SELECT * FROM {table}"
SAME = "INSERT INTO {table} SELECT * FROM {table} WHERE TRUE"
EVERYWHERE = [
    "UPDATE {table} SET {key} = {key}",
    "DELETE FROM {table}",
    SAME + " ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
]
BY_VENDOR = {
    "postgresql": ["TRUNCATE {table} CASCADE"],
    "sqlite": [
        SAME.replace("INSERT", "INSERT OR REPLACE"),
        SAME.replace("INSERT", "REPLACE"),
    ],
}


@pytest.fixture
def frozen(db, east):
    """A row in every table that keeps its rows."""
    person = UserFactory()
    closed(east, dt.date(2026, 5, 1))
    publish(MonthlyReturnFactory(organization=east, month=dt.date(2026, 6, 1)))
    filled(FundFactory(), 100)
    record_look(MemberFactory(organization=east), by=person)
    seal_entries()
    call_command("verify", stdout=StringIO())
    connection.check_constraints()  # or PostgreSQL speaks of them before the guards


def standing(table):
    """Every row of a table, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute(ALL.format(table=table))
        rows = [
            [bytes(v) if isinstance(v, memoryview) else v for v in r] for r in cursor
        ]
    assert rows, f"{table}: no frozen row was built"
    return rows


def refused(sql):
    """Whether the database refuses a statement because of frozen rows."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "are never changed" in str(error)
    return False


def test_no_statement_changes_or_drops_a_frozen_row(frozen):
    before = {table: standing(table) for table in TABLES}
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column
        keys = {table: key(cursor, table) for table in TABLES}
    statements = [
        template.format(table=table, key=keys[table])
        for table in TABLES
        for template in EVERYWHERE + BY_VENDOR[connection.vendor]
    ]

    assert [sql for sql in statements if not refused(sql)] == []
    assert {table: standing(table) for table in TABLES} == before
