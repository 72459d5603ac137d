"""What keeps an installation from starting, and what its health addresses answer."""

import base64
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import KeyCheck
from config.keys import remember_keys
from config.readiness import refuse_to_start_unready
from core.db.digests import digesting
from core.db.grants import grant_to_backup
from core.db.privileges import find_wrong_privileges, needed_privileges
from core.registries.invariants import invariants, prove
from core.registries.readiness import find_problems
from tests.factories.exchange import AttachmentFactory
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db

OTHER = base64.b64encode(b"o" * 32).decode()
SHORT = base64.b64encode(b"s" * 16).decode()


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.ATTACHMENT_DIR = tmp_path / "var" / "attachments"


def test_an_installation_with_everything_starts_and_is_ready(client, settings):
    refuse_to_start_unready()

    answer = client.get("/readyz")

    assert answer.json() == {"ready": True, "failing": [], "warnings": []}
    assert settings.ATTACHMENT_DIR.is_dir()


KEYS = {
    "another field key under the old name": {"FIELD_KEYS": [f"test:{OTHER}"]},
    "the old field key gone": {"FIELD_KEYS": [f"new:{OTHER}"]},
    "another blind key": {"BLIND_KEY": OTHER},
    "an empty blind key": {"BLIND_KEY": ""},
    "a short blind key": {"BLIND_KEY": SHORT},
    "no field keys": {"FIELD_KEYS": []},
    "an empty field key": {"FIELD_KEYS": ["test:"]},
    "a short field key": {"FIELD_KEYS": [f"test:{SHORT}"]},
    "a field key without name": {"FIELD_KEYS": [OTHER]},
    "no base64": {"BLIND_KEY": "密钥密钥"},
}


@pytest.mark.parametrize("case", KEYS)
def test_a_wrong_key_keeps_the_installation_from_starting(client, settings, case):
    for name, value in KEYS[case].items():
        setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured, match="|".join(KEYS[case])):
        refuse_to_start_unready()
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "failing": ["keys"], "warnings": []}


@pytest.mark.parametrize("case", KEYS)
def test_verify_names_the_wrong_key_once_and_proves_the_rest(settings, branch, case):
    MemberFactory(organization=branch)
    for name, value in KEYS[case].items():
        setattr(settings, name, value)
    output = StringIO()

    with pytest.raises(CommandError, match="项不成立"):
        call_command("verify", stdout=output, stderr=output)

    lines = output.getvalue().splitlines()
    (named,) = KEYS[case]
    assert named in lines[0]
    assert [line for line in lines[1:] if named in line] == []
    keys = [line.split()[2].rstrip(":") for line in lines if line.startswith("ok")]
    assert {"members.homes", "organizations.copies", "finance.balances"} <= {*keys}
    assert len([line for line in lines if line.split()[0] in STATES]) == len(invariants)


STATES = {"ok", "BROKEN", "UNPROVED"}


def test_a_new_field_key_is_remembered_beside_the_old_one(settings):
    settings.FIELD_KEYS = [f"new:{OTHER}", *settings.FIELD_KEYS]

    refuse_to_start_unready()
    settings.FIELD_KEYS = settings.FIELD_KEYS[1:]

    assert {*KeyCheck.objects.values_list("name", flat=True)} == {
        *("BLIND_KEY", "new", "test")
    }
    assert [*find_problems()] == ["keys"]


def test_a_wrong_key_leaves_no_known_text_on_a_database_of_before(settings, branch):
    MemberFactory(organization=branch)
    KeyCheck.objects.all().delete()
    settings.BLIND_KEY = OTHER

    remember_keys()

    assert not KeyCheck.objects.exists()


@pytest.mark.postgres
def test_tables_of_another_version_keep_the_installation_from_starting(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'members'")

    assert client.get("/readyz").json()["failing"] == ["migrations"]
    with pytest.raises(ImproperlyConfigured, match="migrate"):
        refuse_to_start_unready()


def test_a_folder_that_cannot_be_written_is_named(client, settings, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("no folder")
    settings.ATTACHMENT_DIR = blocked / "attachments"

    assert client.get("/readyz").json()["failing"] == ["files"]
    with pytest.raises(ImproperlyConfigured, match="attachments"):
        refuse_to_start_unready()


def test_a_folder_in_which_no_known_file_lies_shows_and_breaks_no_start(
    client, settings, tmp_path
):
    with digesting("tests.attach"):
        AttachmentFactory.create_batch(2)
    before = client.get("/readyz").json()["failing"]
    settings.ATTACHMENT_DIR = tmp_path / "of another machine"

    refuse_to_start_unready()

    assert (before, client.get("/readyz").json()["failing"]) == ([], ["shared files"])


def test_one_lost_file_of_several_is_no_other_folder(client):
    with digesting("tests.attach"):
        lost, _kept = AttachmentFactory.create_batch(2)
    lost.path.unlink()

    assert client.get("/readyz").json()["failing"] == []


def test_a_broker_that_is_down_shows_and_breaks_no_start(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    refuse_to_start_unready()

    assert client.get("/readyz").json()["failing"] == ["broker"]


def test_being_alive_asks_nothing_of_the_database(
    client, django_assert_num_queries, settings
):
    settings.BLIND_KEY = ""

    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.fixture
def application_role(django_db_setup):
    """A role that may do what the application needs; it disappears with the test."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE jiedao_probe")
        for table, privileges in needed_privileges().items():
            held = ", ".join(sorted(privileges))
            cursor.execute(f"GRANT {held} ON {table} TO jiedao_probe")
        cursor.execute(
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO jiedao_probe"
        )
        cursor.execute(
            "REVOKE USAGE ON SEQUENCE django_migrations_id_seq FROM jiedao_probe"
        )
        yield cursor
        cursor.execute("RESET ROLE")


PRIVILEGES = {
    "": None,
    "REVOKE INSERT ON members_member FROM jiedao_probe": "members_member",
    "REVOKE SELECT ON django_session FROM jiedao_probe": "django_session",
    "REVOKE USAGE ON SEQUENCE members_member_id_seq FROM jiedao_probe": (
        "members_member"
    ),
    "GRANT UPDATE ON accounts_seal TO jiedao_probe": "accounts_seal",
    "GRANT DELETE ON finance_line TO jiedao_probe": "finance_line",
    "GRANT TRUNCATE ON members_member TO jiedao_probe": "members_member",
    "GRANT TRIGGER ON accounts_auditentry TO jiedao_probe": "accounts_auditentry",
    "GRANT REFERENCES ON members_member TO jiedao_probe": "members_member",
    "GRANT UPDATE (reason) ON accounts_auditentry TO jiedao_probe": (
        "accounts_auditentry"
    ),
    "GRANT INSERT (name) ON django_migrations TO jiedao_probe": "django_migrations",
    "GRANT DELETE ON django_migrations TO jiedao_probe": "django_migrations",
    "GRANT UPDATE ON SEQUENCE members_member_id_seq TO jiedao_probe": "members_member",
    "GRANT USAGE ON SEQUENCE django_migrations_id_seq TO jiedao_probe": (
        "django_migrations"
    ),
    "REVOKE SELECT ON SEQUENCE members_member_id_seq FROM jiedao_probe": (
        "members_member"
    ),
    """REVOKE INSERT ON members_member FROM jiedao_probe;
    GRANT INSERT (name) ON members_member TO jiedao_probe""": "members_member",
    "GRANT CREATE ON SCHEMA public TO jiedao_probe": "CREATE",
    "GRANT pg_monitor TO jiedao_probe": "pg_monitor",
    "ALTER ROLE jiedao_probe CREATEROLE": "CREATEROLE",
    "ALTER ROLE jiedao_probe CREATEDB": "CREATEDB",
    "ALTER ROLE jiedao_probe REPLICATION": "REPLICATION",
    "ALTER ROLE jiedao_probe BYPASSRLS": "BYPASSRLS",
    "ALTER TABLE members_member OWNER TO jiedao_probe": "所有者",
}


@pytest.mark.postgres
@pytest.mark.parametrize("change", PRIVILEGES)
def test_the_role_may_do_what_it_needs_and_no_more(application_role, change):
    if change:
        application_role.execute(change)
    application_role.execute("SET ROLE jiedao_probe")

    problems = list(find_wrong_privileges())

    named = PRIVILEGES[change]
    assert [named in problem for problem in problems] == ([True] if named else [])


@pytest.fixture
def backup_role(django_db_setup):
    """A role that may read everything; it disappears with the test."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE jiedao_backup_probe")
        grant_to_backup("jiedao_backup_probe")
        yield cursor


BACKUP_PRIVILEGES = {
    "": None,
    "REVOKE SELECT ON members_member FROM {role}": "members_member",
    "REVOKE SELECT ON SEQUENCE members_member_id_seq FROM {role}": (
        "members_member_id_seq"
    ),
    "GRANT INSERT ON accounts_seal TO {role}": "accounts_seal",
    "GRANT UPDATE (name) ON members_member TO {role}": "members_member",
    "GRANT TRUNCATE ON finance_line TO {role}": "finance_line",
    "GRANT TRIGGER ON finance_line TO {role}": "finance_line",
    "GRANT USAGE ON SEQUENCE members_member_id_seq TO {role}": "members_member_id_seq",
    "GRANT CREATE ON SCHEMA public TO {role}": "jiedao_backup_probe",
    "GRANT UPDATE ON SEQUENCE members_member_id_seq TO {role}": "members_member_id_seq",
    "GRANT INSERT (name) ON members_member TO {role}": "members_member",
    "GRANT REFERENCES (id) ON members_member TO {role}": "members_member",
    "GRANT CREATE ON DATABASE {database} TO {role}": "jiedao_backup_probe",
    "ALTER ROLE {role} CREATEROLE": "jiedao_backup_probe",
    "ALTER ROLE {role} CREATEDB": "jiedao_backup_probe",
    "ALTER ROLE {role} REPLICATION": "jiedao_backup_probe",
    "ALTER ROLE {role} BYPASSRLS": "jiedao_backup_probe",
    "ALTER ROLE {role} SUPERUSER": "accounts_accessentry",
    "GRANT pg_read_all_settings TO {role}": "jiedao_backup_probe",
    "GRANT pg_write_all_data TO {role}": "accounts_accessentry",
    "ALTER ROLE {role} RENAME TO jiedao_other_probe": "jiedao_backup_probe",
}


@pytest.mark.postgres
@pytest.mark.parametrize("change", BACKUP_PRIVILEGES)
def test_the_role_of_the_backups_may_read_everything_and_no_more(
    backup_role, settings, change
):
    settings.BACKUP_ROLE = "jiedao_backup_probe"
    if change:
        database = connection.settings_dict["NAME"]
        backup_role.execute(change.format(role=settings.BACKUP_ROLE, database=database))

    problems = find_problems(only_at_start=True).get("backup role", [])

    named = BACKUP_PRIVILEGES[change]
    assert [str(named) in problem for problem in problems] == ([True] if named else [])


@pytest.mark.postgres
@pytest.mark.parametrize("change", [one for one in PRIVILEGES if one])
def test_a_role_that_is_not_as_it_must_be_shows_in_readyz(
    application_role, client, settings, change
):
    settings.OWNER_MAY_SERVE = False
    application_role.execute("SET ROLE jiedao_probe")
    before = client.get("/readyz")
    application_role.execute("RESET ROLE")
    application_role.execute(change)
    application_role.execute("SET ROLE jiedao_probe")

    after = client.get("/readyz")

    assert (before.status_code, before.json()["failing"]) == (200, [])
    assert (after.status_code, after.json()["failing"]) == (503, ["privileges"])


@pytest.mark.postgres
def test_a_right_that_the_application_got_beyond_its_rows_is_named_by_verify(
    application_role,
):
    application_role.execute("SET ROLE jiedao_probe")
    before = prove(invariants.get("accounts.privileges"))
    application_role.execute("RESET ROLE")
    application_role.execute("GRANT UPDATE ON accounts_auditentry TO jiedao_probe")
    application_role.execute("SET ROLE jiedao_probe")

    after = prove(invariants.get("accounts.privileges"))

    assert (before.status, after.status) == ("ok", "broken")
    assert "accounts_auditentry" in after.lines[0]


@pytest.mark.postgres
def test_the_owner_of_the_tables_does_not_serve(settings):
    settings.OWNER_MAY_SERVE = False

    with pytest.raises(ImproperlyConfigured, match="所有者"):
        refuse_to_start_unready()


@pytest.mark.parametrize(
    "secret",
    ["", "x", "s3cret-of-31-characters-in-all.", "0123456789" * 5, "a" * 40 + "b"],
)
def test_a_secret_that_can_be_guessed_keeps_the_installation_from_starting(
    settings, secret
):
    settings.SECRET_KEY = secret

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        refuse_to_start_unready()
