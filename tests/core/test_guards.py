"""A trigger or constraint that the tables' owner took away or replaced is found."""

import pytest
from django.db import connection

from core.db.guards import find_missing_guards

pytestmark = pytest.mark.django_db

STRANGE = """CREATE FUNCTION strange(int) RETURNS boolean LANGUAGE sql IMMUTABLE
SECURITY DEFINER AS $$ SELECT true $$"""
JOINED = "auth_group_permissions_group_id_permission_id_0cd325b0_uniq"
ON_POSTGRESQL = {
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
    "a function that no longer refuses": (
        """CREATE OR REPLACE FUNCTION auditentry_frozen() RETURNS trigger
        LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$""",
        "auditentry_frozen",
    ),
    "a function that looks into other tables": (
        "ALTER FUNCTION auditentry_frozen() SET search_path = evil, public",
        "auditentry_frozen",
    ),
    "a function with the rights of its owner": (
        "ALTER FUNCTION auditentry_frozen() SECURITY DEFINER",
        "auditentry_frozen",
    ),
    "a trigger that refuses under a condition only": (
        """CREATE OR REPLACE TRIGGER auditentry_frozen
        BEFORE UPDATE OR DELETE ON accounts_auditentry
        FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION auditentry_frozen()""",
        "auditentry_frozen",
    ),
    "a trigger that refuses fewer statements": (
        """CREATE OR REPLACE TRIGGER auditentry_frozen
        BEFORE DELETE ON accounts_auditentry
        FOR EACH ROW EXECUTE FUNCTION auditentry_frozen()""",
        "auditentry_frozen",
    ),
    "a trigger of a stranger": (
        """CREATE TRIGGER aaa BEFORE INSERT ON members_member
        FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()""",
        "aaa",
    ),
    "a check dropped": (
        "ALTER TABLE finance_fund DROP CONSTRAINT fund_never_below_zero",
        "fund_never_below_zero",
    ),
    "a check that allows more": (
        """ALTER TABLE finance_fund DROP CONSTRAINT fund_never_below_zero,
        ADD CONSTRAINT fund_never_below_zero CHECK (id > 0)""",
        "fund_never_below_zero",
    ),
    "a unique constraint dropped": (
        "ALTER TABLE accounts_digestentry DROP CONSTRAINT digestentry_mac",
        "digestentry_mac",
    ),
    "a unique constraint over more columns": (
        """ALTER TABLE accounts_digestentry DROP CONSTRAINT digestentry_mac,
        ADD CONSTRAINT digestentry_mac UNIQUE (mac, id)""",
        "digestentry_mac",
    ),
    "a unique index under another condition": (
        """DROP INDEX threshold_one_open;; CREATE UNIQUE INDEX threshold_one_open
        ON organizations_threshold (key) WHERE ends_on IS NOT NULL""",
        "threshold_one_open",
    ),
    "an exclusion of something else": (
        """ALTER TABLE members_affiliation DROP CONSTRAINT affiliation_no_overlap,
        ADD CONSTRAINT affiliation_no_overlap
        EXCLUDE USING gist (int8range(id, id, '[]') WITH &&)""",
        "affiliation_no_overlap",
    ),
    "a column that may be empty": (
        "ALTER TABLE members_member ALTER COLUMN name DROP NOT NULL",
        "NOT NULL name of members_member",
    ),
    "a column that holds more than its form takes": (
        "ALTER TABLE exchange_backuprun ALTER COLUMN message TYPE varchar(501)",
        "message of exchange_backuprun is character varying(501)",
    ),
    "a column without any bound": (
        "ALTER TABLE exchange_backuprun ALTER COLUMN file_name TYPE text",
        "file_name of exchange_backuprun is text",
    ),
    "a moment that forgets its zone": (
        "ALTER TABLE django_session ALTER COLUMN expire_date TYPE timestamp",
        "expire_date of django_session is timestamp without time zone",
    ),
    "a default that answers for an action": (
        "ALTER TABLE accounts_user ALTER COLUMN is_active SET DEFAULT true",
        "is_active of accounts_user has the default true",
    ),
    "a column that is no longer unique": (
        """ALTER TABLE accounts_user
        DROP CONSTRAINT accounts_user_phone_index_key""",
        "UNIQUE phone_index of accounts_user",
    ),
    "a column that is unique in some rows only": (
        """ALTER TABLE accounts_user DROP CONSTRAINT accounts_user_phone_index_key;;
        CREATE UNIQUE INDEX few ON accounts_user (phone_index) WHERE id < 0""",
        "UNIQUE phone_index of accounts_user",
    ),
    "a join whose rows may repeat": (
        f"ALTER TABLE auth_group_permissions DROP CONSTRAINT {JOINED}",
        "UNIQUE group_id, permission_id of auth_group_permissions",
    ),
    "a column that may point to nothing": (
        """DO $$ DECLARE name text; BEGIN SELECT conname INTO name FROM pg_constraint
        WHERE conrelid = 'finance_line'::regclass AND contype = 'f' LIMIT 1;
        EXECUTE format('ALTER TABLE finance_line DROP CONSTRAINT %I', name);
        END $$""",
        "of finance_line is missing",
    ),
    "a rule that swallows a change": (
        """CREATE RULE swallow AS ON UPDATE TO accounts_user
        WHERE NEW.is_active IS DISTINCT FROM OLD.is_active DO INSTEAD NOTHING""",
        "rule swallow of accounts_user",
    ),
    "row security that hides rows": (
        "ALTER TABLE accounts_accessentry ENABLE ROW LEVEL SECURITY",
        "row security of accounts_accessentry",
    ),
    "a check that runs a stranger's function": (
        f"""{STRANGE};; ALTER TABLE organizations_workdayoverride
        ADD CONSTRAINT more CHECK (strange(1))""",
        "function public.strange(integer)",
    ),
    "a default that runs a stranger's function": (
        f"""{STRANGE};; ALTER TABLE accounts_user
        ALTER COLUMN is_active SET DEFAULT strange(1)""",
        "public.strange(",  # the function, and the column that calls it
    ),
    "an index that runs a stranger's function": (
        f"{STRANGE};; CREATE INDEX more ON accounts_user (strange(1), id)",
        "function public.strange(integer)",
    ),
}
ON_SQLITE = {
    "a trigger dropped": ("DROP TRIGGER auditentry_frozen_DELETE", "auditentry_frozen"),
    "a trigger that no longer refuses": (
        """DROP TRIGGER auditentry_frozen_DELETE;;
        CREATE TRIGGER auditentry_frozen_DELETE BEFORE DELETE ON accounts_auditentry
        FOR EACH ROW BEGIN SELECT 1; END""",
        "auditentry_frozen_DELETE",
    ),
    "a trigger that refuses under a condition only": (
        """DROP TRIGGER auditentry_frozen_UPDATE;;
        CREATE TRIGGER auditentry_frozen_UPDATE BEFORE UPDATE ON accounts_auditentry
        FOR EACH ROW WHEN OLD.id < 0 BEGIN SELECT RAISE(ABORT, 'never'); END""",
        "auditentry_frozen_UPDATE",
    ),
    "a trigger of a stranger": (
        """CREATE TRIGGER aaa BEFORE INSERT ON members_member
        FOR EACH ROW BEGIN SELECT 1; END""",
        "aaa",
    ),
    "a unique index under another condition": (
        """DROP INDEX threshold_one_open;; CREATE UNIQUE INDEX "threshold_one_open"
        ON "organizations_threshold" ("key") WHERE "ends_on" IS NOT NULL""",
        "threshold_one_open",
    ),
    "a check that allows more": (
        """PRAGMA writable_schema = ON;; UPDATE sqlite_master SET sql = replace(sql,
        'CONSTRAINT "fund_never_below_zero" CHECK (',
        'CONSTRAINT "fund_never_below_zero" CHECK (1 OR ')
        WHERE name = 'finance_fund';; PRAGMA writable_schema = OFF""",
        "fund_never_below_zero",
    ),
    "a join whose rows may repeat": (
        f"DROP INDEX {JOINED}",
        "UNIQUE group_id, permission_id of auth_group_permissions",
    ),
    "a check dropped": (
        """PRAGMA writable_schema = ON;; UPDATE sqlite_master SET sql = replace(sql,
        '"fund_never_below_zero"', '"another_name"')
        WHERE name = 'finance_fund';; PRAGMA writable_schema = OFF""",
        "fund_never_below_zero",
    ),
    "a unique constraint over more columns": (
        """PRAGMA writable_schema = ON;; UPDATE sqlite_master SET sql = replace(sql,
        'CONSTRAINT "digestentry_mac" UNIQUE (',
        'CONSTRAINT "digestentry_mac" UNIQUE ("id", ')
        WHERE name = 'accounts_digestentry';; PRAGMA writable_schema = OFF""",
        "digestentry_mac",
    ),
}

CASES = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE


def test_a_sound_database_lacks_none():
    assert list(find_missing_guards()) == []


@pytest.mark.both
@pytest.mark.parametrize("case", CASES)
def test_what_was_taken_away_or_replaced_is_named(case):
    statements, name = CASES[case]
    with connection.cursor() as cursor:
        for statement in statements.split(";;"):
            cursor.execute(statement)

    missing = list(find_missing_guards())

    assert missing
    assert all(name in line for line in missing)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_setting_of_the_database_puts_other_tables_before_the_catalogue():
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    try:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("SHOW search_path")
            assert cursor.fetchone() == ("public",)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE {name} RESET search_path")
