"""A trigger or constraint that the tables' owner took away is found."""

import pytest
from django.db import connection

from core.db.guards import find_missing_guards

pytestmark = pytest.mark.django_db

TAKEN_AWAY = {
    "a trigger dropped": (
        "DROP TRIGGER auditentry_frozen ON accounts_auditentry",
        "auditentry_frozen",
    ),
    "a trigger against TRUNCATE dropped": (
        "DROP TRIGGER auditentry_frozen_truncate ON accounts_auditentry",
        "auditentry_frozen_truncate",
    ),
    "a trigger disabled": (
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER auditentry_frozen",
        "auditentry_frozen",
    ),
    "a trigger that no longer refuses": (
        """CREATE OR REPLACE FUNCTION auditentry_frozen() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$""",
        "auditentry_frozen",
    ),
    "a check dropped": (
        "ALTER TABLE finance_fund DROP CONSTRAINT fund_never_below_zero",
        "fund_never_below_zero",
    ),
    "a unique constraint dropped": (
        "ALTER TABLE accounts_digestentry DROP CONSTRAINT digestentry_mac",
        "digestentry_mac",
    ),
}


def test_a_sound_database_lacks_none():
    assert list(find_missing_guards()) == []


@pytest.mark.postgres
@pytest.mark.parametrize("case", TAKEN_AWAY)
def test_what_was_taken_away_is_named(case):
    statement, name = TAKEN_AWAY[case]
    with connection.cursor() as cursor:
        cursor.execute(statement)

    missing = list(find_missing_guards())

    assert missing
    assert all(name in line for line in missing)


def test_a_trigger_dropped_on_either_database_is_named():
    on_table = " ON accounts_auditentry" if connection.vendor == "postgresql" else ""
    name = "auditentry_frozen" + ("" if on_table else "_DELETE")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")

    assert [name in line for line in find_missing_guards()] == [True]
