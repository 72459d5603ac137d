"""What an owner puts beside the tables, or sets for the database, `verify` names."""

import datetime as dt

import pytest
from django.db import connection

from accounts.actions import record_sign_in
from accounts.models import User
from core.db import server_settings
from core.db.guards import find_missing_guards, find_wrong_storage
from core.db.privileges import find_wrong_backup_privileges, find_wrong_privileges
from core.db.server_settings import find_wrong_settings
from core.registries.invariants import invariants, prove
from exchange.actions.chores import note_today
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

FUNCTION = """CREATE FUNCTION {} RETURNS {} LANGUAGE sql IMMUTABLE
AS $$ SELECT {} $$"""
LIKE = FUNCTION.format("public.alike(varchar, varchar)", "boolean", "true")
OPERATOR = """CREATE OPERATOR public.{} (LEFTARG = {}, RIGHTARG = {},
FUNCTION = {})"""
ON_POSTGRESQL = {
    "a function that fits better than the catalogue's": (
        FUNCTION.format("public.lower(varchar)", "text", "'x'"),
        "function public.lower(character varying)",
    ),
    "an aggregate that fits better": (
        """CREATE AGGREGATE public.max(varchar) (SFUNC = pg_catalog.text_larger,
        STYPE = text)""",
        "function public.max(character varying)",
    ),
    "an operator that fits better": (
        f"{LIKE};; {OPERATOR.format('=', 'varchar', 'varchar', 'public.alike')}",
        "operator public.=(character varying,character varying)",
    ),
    "a function in the catalogue itself": (
        FUNCTION.format("pg_catalog.lower(int)", "text", "'x'"),
        "function lower(integer)",
    ),
    "a function in another schema": (
        f"CREATE SCHEMA evil;; {FUNCTION.format('evil.f(int)', 'int', '1')}",
        "function evil.f(integer)",
    ),
    "a function that is said to belong to an extension": (
        f"""{FUNCTION.format("public.lower(varchar)", "text", "'x'")};;
        ALTER EXTENSION plpgsql ADD FUNCTION public.lower(varchar)""",
        "function public.lower(character varying)",
    ),
    "a conversion that nobody asked for": (
        "CREATE CAST (text AS integer) WITH INOUT AS IMPLICIT",
        "conversion of text to integer",
    ),
    "a trigger over commands": (
        """CREATE FUNCTION evil() RETURNS event_trigger LANGUAGE plpgsql
        AS $$ BEGIN END $$;; CREATE EVENT TRIGGER evil ON ddl_command_end
        EXECUTE FUNCTION evil()""",
        "event trigger evil",
    ),
    "a table that inherits one of ours": (
        "CREATE TABLE more () INHERITS (members_member)",
        "table public.more",
    ),
    "a table from which one of ours inherits": (
        """CREATE TABLE more (id bigint NOT NULL);;
        ALTER TABLE members_member INHERIT more""",
        "table public.more",
    ),
    "a trigger on the list of migrations": (
        """CREATE TRIGGER aaa BEFORE INSERT ON django_migrations
        FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()""",
        "trigger aaa of django_migrations",
    ),
    "a trigger on a table that joins two": (
        """CREATE TRIGGER aaa BEFORE INSERT ON auth_group_permissions
        FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()""",
        "trigger aaa of auth_group_permissions",
    ),
    "a table of the owner's": ("CREATE TABLE copies (a int)", "table copies"),
    "a right of every role on a table": (
        "GRANT SELECT ON members_member TO PUBLIC",
        "right of every role to SELECT on members_member",
    ),
    "a right of every role on a column": (
        "GRANT UPDATE (at) ON accounts_auditentry TO PUBLIC",
        "right of every role to UPDATE on a column of accounts_auditentry",
    ),
    "a sequence that was set back": (
        "SELECT setval('accounts_user_id_seq', 1, false)",
        "sequence of accounts_user was set back",
    ),
    "a sequence that counts by more than one": (
        "ALTER SEQUENCE accounts_user_id_seq INCREMENT 2",
        "sequence accounts_user_id_seq",
    ),
    "a sequence that begins again": (
        "ALTER SEQUENCE accounts_user_id_seq CYCLE",
        "sequence accounts_user_id_seq",
    ),
    "a sequence that is gone": (
        "ALTER TABLE accounts_user ALTER COLUMN id DROP IDENTITY",
        "sequence of accounts_user is missing",
    ),
    "a table that is empty after a crash": (
        "ALTER TABLE django_session SET UNLOGGED",
        "table django_session is unlogged",
    ),
    "a database that answers before it has written": (
        "ALTER DATABASE {database} SET synchronous_commit = off",
        "synchronous_commit is off for database",
    ),
    "a role whose writes fire no trigger": (
        "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
        "session_replication_role is replica for role",
    ),
    "a role that finds other tables in one database": (
        "ALTER ROLE CURRENT_USER IN DATABASE {database} SET search_path = evil, public",
        "search_path is evil, public for role",
    ),
    "every role of the server": (
        "ALTER ROLE ALL SET transform_null_equals = on",
        "transform_null_equals is on for every database",
    ),
}
ON_SQLITE = {
    "a sequence that was set back": (
        "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'accounts_user'",
        "sequence of accounts_user was set back",
    ),
}
CASES = ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE
PROVED = {f"accounts.{key}" for key in ("guards", "storage", "settings", "sign_ins")}


def find_all():
    proved = [prove(one) for one in invariants if one.key in PROVED]
    return [line for finding in proved for line in finding.lines]


def execute(statements):
    name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        for statement in statements.split(";;"):
            cursor.execute(statement.replace("{database}", name))


def test_a_sound_database_has_nothing_of_the_kind():
    UserFactory.create()
    note_today()  # writes the one row whose number no sequence gives

    assert find_all() == []


@pytest.mark.both
@pytest.mark.parametrize("case", CASES)
def test_what_an_owner_put_beside_the_tables_is_named(case):
    statements, named = CASES[case]
    UserFactory.create()
    execute(statements)

    assert any(line.startswith(named) for line in find_all())


@pytest.mark.postgres
def test_a_setting_of_the_server_is_named(monkeypatch):
    monkeypatch.setitem(server_settings.OURS, "full_page_writes", {"off"})

    (line,) = find_wrong_settings()

    assert line.startswith("full_page_writes is on for the server")


STAMPS = {
    "set forward": dt.timedelta(days=80),
    "set back": -dt.timedelta(days=80),
    "taken away": None,
}


@pytest.mark.parametrize("case", STAMPS)
def test_a_changed_last_sign_in_is_named(case):
    user = UserFactory.create()
    record_sign_in(user)
    at = user.last_login
    assert find_all() == []

    shift = STAMPS[case]
    User.objects.filter(pk=user.pk).update(last_login=shift and at + shift)

    assert [line for line in find_all() if f"account {user.pk}:" in line]


def test_a_last_sign_in_that_the_log_does_not_know_is_named():
    user = UserFactory.create()
    User.objects.filter(pk=user.pk).update(last_login=dt.datetime.now(tz=dt.UTC))

    assert [line for line in find_all() if f"account {user.pk}:" in line]


def test_who_signed_in_on_the_page_is_recorded_as_stamped(client):
    user = UserFactory.create()
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})

    user.refresh_from_db()
    assert user.last_login
    assert find_all() == []


def test_who_is_signed_in_without_a_record_is_not_stamped(client):
    user = UserFactory.create()
    client.force_login(user)

    user.refresh_from_db()
    assert user.last_login is None
    assert find_all() == []


SHADOWS = {
    "=(oid, regnamespace)": "false",
    "=(oid, regclass)": "false",
    "<>(oid, regnamespace)": "false",
}
CALLED = {
    "has_schema_privilege(oid, name, text)": "false",
    "has_schema_privilege(oid, regnamespace, text)": "false",
    "has_schema_privilege(regnamespace, text)": "false",
    "has_database_privilege(oid, name, text)": "false",
    "has_database_privilege(name, text)": "false",
}


@pytest.mark.postgres
def test_functions_and_operators_of_an_owner_do_not_blind_the_checks():
    execute("CREATE ROLE jiedao_probe;; GRANT CREATE ON SCHEMA public TO jiedao_probe")
    execute("CREATE RULE swallow AS ON UPDATE TO accounts_user DO INSTEAD NOTHING")
    for number, (operator, answer) in enumerate(SHADOWS.items()):
        sign, _bracket, sides = operator.partition("(")
        left, right = sides[:-1].split(", ")
        execute(FUNCTION.format(f"f{number}({left}, {right})", "boolean", answer))
        execute(OPERATOR.format(sign, left, right, f"f{number}"))
    for function, answer in CALLED.items():
        execute(FUNCTION.format(f"public.{function}", "boolean", answer))

    assert any("rule swallow of accounts_user" in line for line in find_all())
    more = [str(line) for line in find_wrong_backup_privileges("jiedao_probe")]
    assert any("jiedao_probe" in line for line in more)
    execute("SET ROLE jiedao_probe")
    assert any("CREATE" in str(line) for line in find_wrong_privileges())


CHECKS = {
    "guards": find_missing_guards,
    "storage": find_wrong_storage,
    "settings": find_wrong_settings,
    "privileges": find_wrong_privileges,
    "backups' privileges": lambda: find_wrong_backup_privileges("postgres"),
}
OF_THE_PATH = ("SAVEPOINT", "RELEASE", "SET LOCAL search_path", "SELECT pg_catalog.cur")


@pytest.mark.postgres
@pytest.mark.parametrize("check", CHECKS)
def test_every_check_looks_for_names_in_the_catalogue_alone(check):
    paths = {}

    def note_path(execute, sql, *rest):
        if not sql.startswith(OF_THE_PATH):
            with connection.connection.cursor() as cursor:
                cursor.execute("SHOW search_path")
                paths[sql] = cursor.fetchone()
        return execute(sql, *rest)

    with connection.execute_wrapper(note_path):
        list(CHECKS[check]())

    assert paths
    assert {path for (path,) in paths.values()} == {"pg_catalog"}
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert cursor.fetchone() == ("public",)
