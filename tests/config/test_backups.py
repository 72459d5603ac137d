"""Backups: complete, encrypted, read back, and loud when they fail."""

import datetime as dt
import gc
import itertools
import json
import os
import resource
from contextlib import contextmanager
from io import StringIO

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.backups.archive import (
    MANIFEST,
    check_archive,
    format_key,
    iter_parts,
    make_key_pair,
    open_key,
    parse_key,
)
from config.backups.databases import (
    CHUNK,
    count_dumped_tables,
    describe_tables,
    dump_postgresql,
)
from config.backups.errors import (
    DamagedBackup,
    KeysMissing,
    NewerBackup,
    NotEmpty,
    NotForThisKey,
    OtherDatabase,
)
from config.backups.files import copy_file, link_files, restore_file
from config.backups.manifest import describe_keys, refuse_unsuitable
from config.backups.restore import restore_backup
from core.db.digests import digesting
from core.db.locks import one_snapshot
from core.months import today
from core.registries.todos import todos_for
from exchange.actions import record_backup, record_reported_backups
from exchange.models import BackupRun
from organizations.roles import Role
from tests.config.installations import (
    address,
    application_role,
    backup_role,
    make_roles_and_database,
    other_key,
    remove_roles_and_database,
    run_manage,
)
from tests.exchange.processes import database_url
from tests.factories.accounts import holder
from tests.factories.exchange import AttachmentFactory
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
MEGABYTE = 1024 * 1024
FAILED, OVERDUE = "最近一次备份失败", "已过期限没有备份"


@pytest.fixture(autouse=True)
def attachment_dir(settings, tmp_path):
    """Return where this test's files lie."""
    settings.ATTACHMENT_DIR = tmp_path / "attachments"
    return settings.ATTACHMENT_DIR


@pytest.fixture
def private_key(settings):
    """Make a pair of keys, name the public one as the recipient, return the other."""
    private, settings.BACKUP_RECIPIENT = make_key_pair()
    return private


@pytest.fixture
def folder(tmp_path):
    """Return where this test's backups are written to."""
    return tmp_path / "backups"


@pytest.fixture
def admin(db):
    """孙工 looks after the system."""
    return holder(Role.SYSTEM_ADMIN, name="孙工")


def back_up(folder, **options):
    """Run the command; return the backup and what was printed."""
    output = StringIO()
    call_command("backup", folder, stdout=output, **options)
    return max(folder.iterdir()), output.getvalue()


def make_public(private):
    """Return the public key of a private one."""
    key = X25519PrivateKey.from_private_bytes(parse_key(private))
    return format_key(key.public_key().public_bytes_raw())


@contextmanager
def room_for(size):
    """Let no file grow beyond a size; the kernel then answers as on a full disk."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


def labels(person):
    return [str(todo.label) for todo in todos_for(person, today())]


def test_a_backup_holds_database_and_files_and_nothing_of_them_can_be_read(
    branch, folder, private_key
):
    MemberFactory(organization=branch, name="欧阳海棠")
    kept = AttachmentFactory(organization=branch)

    path, printed = back_up(folder)

    assert "欧阳海棠".encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    key = open_key(path, parse_key(private_key))
    manifest = check_archive(path, key)
    names = [name for name, _chunks in iter_parts(path, key)]
    assert names == ["database", f"files/{kept.stored_name}", MANIFEST]
    assert manifest["tables"]["members_member"][0] == 1
    assert "1 个文件，已回读核对" in printed
    run = BackupRun.objects.get()
    assert (run.succeeded, run.file_name) == (True, path.name)
    assert run.size == path.stat().st_size


def test_a_full_disk_fails_loudly_and_leaves_no_file(folder, private_key, admin):
    AttachmentFactory.create_batch(2, content=b"x" * 6 * MEGABYTE)

    with room_for(9 * MEGABYTE), pytest.raises(CommandError, match="没有留下"):
        call_command("backup", folder)

    assert list(folder.iterdir()) == []
    assert BackupRun.objects.get().succeeded is False
    assert FAILED in labels(admin)


def test_a_backup_without_a_recipient_is_refused(folder, settings, admin):
    settings.BACKUP_RECIPIENT = ""

    with pytest.raises(CommandError, match="BACKUP_RECIPIENT"):
        call_command("backup", folder)

    assert folder.exists() is False
    assert FAILED in labels(admin)


@pytest.mark.postgres
def test_a_program_that_has_read_enough_leaves_no_pipe_open():
    with one_snapshot():
        dump = list(dump_postgresql())
    read_no_further = itertools.repeat(bytes(CHUNK), 20)

    tables = count_dumped_tables(itertools.chain(dump, read_no_further))
    gc.collect()  # a pipe left open would warn here

    assert tables == len(describe_tables())


@pytest.mark.postgres
def test_a_backup_that_breaks_off_leaves_no_program_behind():
    def chunks():
        yield b"PGDMP"
        raise DamagedBackup(name="x")

    with pytest.raises(DamagedBackup):
        count_dumped_tables(chunks())

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.postgres
def test_a_missing_program_of_postgresql_is_named(folder, private_key, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CommandError, match=r"pg_dump.*postgresql-client"):
        call_command("backup", folder)

    assert folder.exists() is False


def test_a_lost_file_is_told_though_the_rest_is_saved(folder, private_key, admin):
    AttachmentFactory().path.unlink()

    with pytest.raises(CommandError, match="1"):
        call_command("backup", folder)

    (path,) = folder.iterdir()
    manifest = check_archive(path, open_key(path, parse_key(private_key)))
    assert len(manifest["missing_files"]) == 1
    assert FAILED in labels(admin)


def test_the_administrator_hears_when_no_backup_was_made_for_too_long(
    settings, admin, staff, time_machine
):
    time_machine.move_to(timezone.now())
    settings.BACKUP_EXPECTED_HOURS = 36
    never = labels(admin)
    record_backup(timezone.now(), file_name="a.backup")
    just_now = labels(admin)

    time_machine.shift(dt.timedelta(hours=37))

    overdue = (OVERDUE in never, OVERDUE in just_now, OVERDUE in labels(admin))
    assert overdue == (True, False, True)
    assert OVERDUE not in labels(staff)


@pytest.fixture
def report(settings, tmp_path):
    """Where a backup under a role that only reads leaves word."""
    settings.BACKUP_REPORT = str(tmp_path / "runs.jsonl")
    return tmp_path / "runs.jsonl"


def test_the_application_records_the_backups_of_which_there_is_word_once_each(
    folder, private_key, report, admin
):
    path, _printed = back_up(folder)
    before = BackupRun.objects.count()

    recorded = [record_reported_backups(), record_reported_backups()]

    assert (before, recorded) == (0, [1, 0])
    run = BackupRun.objects.get()
    assert (run.succeeded, run.file_name) == (True, path.name)
    assert run.size == path.stat().st_size
    assert report.stat().st_mode & 0o777 == 0o644


def test_a_failure_of_which_there_is_word_is_seen_on_the_desk(
    folder, settings, report, admin
):
    settings.BACKUP_RECIPIENT = ""

    with pytest.raises(CommandError, match="BACKUP_RECIPIENT"):
        call_command("backup", folder)
    record_reported_backups()

    assert FAILED in labels(admin)


@pytest.mark.parametrize("line", ["", "[]", "{}", "null", '{"started_at": "昨天"}'])
def test_what_is_no_report_holds_none_up(folder, private_key, report, line):
    report.write_text(line + "\n")
    back_up(folder)
    with report.open("a") as file:
        file.write('{"still being')

    assert record_reported_backups() == 1


def test_no_file_of_a_backup_is_written_outside_the_folder(attachment_dir):
    with pytest.raises(DamagedBackup):
        restore_file("..evil", [b"x"])

    assert not attachment_dir.exists()


def test_only_the_newest_backups_are_kept(folder, private_key):
    folder.mkdir()
    for day in (1, 2, 3):
        (folder / f"jiedao-2026010{day}T000000Z.backup").touch()

    path, _printed = back_up(folder, keep=2)

    kept = sorted(one.name for one in folder.iterdir())
    assert kept == ["jiedao-20260103T000000Z.backup", path.name]


@pytest.mark.parametrize("damage", ["cut off", "changed", "no backup", "empty"])
def test_a_damaged_backup_is_refused(folder, private_key, damage):
    path, _printed = back_up(folder)
    body = path.read_bytes()
    middle = len(body) // 2
    path.write_bytes(
        {
            "cut off": body[:middle],
            "changed": body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :],
            "no backup": b"PK" + body,
            "empty": b"",
        }[damage]
    )

    with pytest.raises(DamagedBackup):
        restore_backup(path, parse_key(private_key))


def test_a_backup_for_another_key_is_refused(folder, private_key):
    path, _printed = back_up(folder)
    other, _public = make_key_pair()

    with pytest.raises(NotForThisKey):
        restore_backup(path, parse_key(other))


def test_a_restore_overwrites_nothing(folder, private_key, branch):
    member = MemberFactory(organization=branch)
    path, _printed = back_up(folder)

    with pytest.raises(NotEmpty):
        restore_backup(path, parse_key(private_key))

    member.refresh_from_db()
    assert member.organization == branch


def suitable():
    return {"database": connection.vendor, "migrations": [], "keys": describe_keys()}


@pytest.mark.parametrize("name", ["FIELD_KEYS test", "BLIND_KEY"])
def test_a_restore_without_the_keys_is_refused_and_names_them(settings, name):
    manifest = suitable()
    settings.FIELD_KEYS = [f"test:{other_key()}"]
    settings.BLIND_KEY = other_key()

    with pytest.raises(KeysMissing, match=name):
        refuse_unsuitable(manifest)


def test_further_keys_do_no_harm(settings):
    manifest = suitable()
    settings.FIELD_KEYS = [f"new:{other_key()}", *settings.FIELD_KEYS]

    refuse_unsuitable(manifest)


def test_a_backup_of_a_newer_version_or_another_database_is_refused():
    newer = {**suitable(), "migrations": ["members.9999_not_yet"]}
    elsewhere = {**suitable(), "database": "oracle"}

    with pytest.raises(NewerBackup, match="9999_not_yet"):
        refuse_unsuitable(newer)
    with pytest.raises(OtherDatabase, match="oracle"):
        refuse_unsuitable(elsewhere)


def test_a_private_key_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    path, output = tmp_path / "backup.key", StringIO()
    call_command("make_backup_key", path, stdout=output)
    written = path.read_text()

    with pytest.raises(CommandError):
        call_command("make_backup_key", path)

    public = output.getvalue().strip().removeprefix("BACKUP_RECIPIENT=")
    assert make_public(written) == public
    assert (path.stat().st_mode & 0o777, path.read_text()) == (0o600, written)


@pytest.fixture
def emptied(tmp_path):
    """Return the environment of owner and application over an empty installation."""
    files = {"FILES_DIR": tmp_path / "restored-files"}
    if connection.vendor == "sqlite":
        place = {"DATABASE_URL": f"sqlite:///{tmp_path / 'restored.sqlite3'}", **files}
        yield place, place
        return
    owner, application = make_roles_and_database()
    yield {"DATABASE_URL": owner, **files}, {"DATABASE_URL": application, **files}
    remove_roles_and_database()


WRITES = """
import django
django.setup()
from django.db import Error, connection
def allowed(sql):
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
    except Error:
        return False
    return True
print([allowed(sql) for sql in (
    "UPDATE members_member SET name = name",
    "SELECT id FROM members_member FOR UPDATE",
    "INSERT INTO organizations_recountrequest (organization_id, month, made_at)"
    " SELECT id, '2026-01-01', now() FROM organizations_organization",
    "UPDATE accounts_auditentry SET reason = reason",
    "DELETE FROM finance_line",
    "DELETE FROM django_migrations",
    "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
)])
"""


@pytest.fixture
def migrated(db):
    """Note the migrations, where the tables were built from the models."""
    if not MigrationRecorder(connection).applied_migrations():
        run_manage("migrate", "--fake", DATABASE_URL=database_url())


@pytest.mark.slow
def test_a_wiped_installation_comes_back_as_it_was(
    migrated, branch, folder, private_key, emptied, tmp_path
):
    owner, application = emptied
    MemberFactory(organization=branch, name="欧阳海棠")
    with digesting("tests.attach"):
        kept = AttachmentFactory(organization=branch)
    path, _printed = back_up(folder)
    (tmp_path / "backup.key").write_text(private_key)

    restored = run_manage(
        *(
            "restore",
            folder,
            "--key",
            tmp_path / "backup.key",
            "--role",
            application_role(),
            "--backup-role",
            backup_role(),
        ),
        **owner,
    )
    proved = run_manage("verify", **application)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert "与备份时一致" in restored.stdout
    assert (proved.returncode, proved.stderr) == (0, ""), proved.stdout
    copy = tmp_path / "restored-files" / kept.stored_name[:2] / kept.stored_name
    assert copy.read_bytes() == kept.path.read_bytes()
    again = run_manage("restore", path, "--key", tmp_path / "backup.key", **owner)
    assert again.returncode != 0
    if connection.vendor == "postgresql":
        rights = run_manage("shell", "--no-imports", "-c", WRITES, **application)
        may, never = [True, True, True], [False, False, False, False]
        assert json.loads(rights.stdout.lower()) == [*may, *never]
        reads_alone(tmp_path, {**application, "DATABASE_URL": address(backup_role())})


def reads_alone(tmp_path, place):
    """Back up under the role that only reads, and prove that it does."""
    report = tmp_path / "runs.jsonl"
    _private, recipient = make_key_pair()
    saved = run_manage(
        *("backup", tmp_path / "again"),
        **place,
        BACKUP_RECIPIENT=recipient,
        BACKUP_REPORT=report,
    )
    rights = run_manage("shell", "--no-imports", "-c", WRITES, **place)

    assert (saved.returncode, saved.stderr) == (0, "")
    assert json.loads(report.read_text())["size"] > 0
    assert json.loads(rights.stdout.lower()) == [False] * 7


def test_what_is_planted_among_the_files_is_not_copied(tmp_path, settings):
    """A link may lead to the key of the backups, a pipe never ends."""
    settings.ATTACHMENT_DIR = tmp_path / "files"
    secret = tmp_path / "secret" / "aakey"
    for path in (secret, tmp_path / "files" / "aa" / "aafile"):
        path.parent.mkdir(parents=True)
        path.write_text("content")
    (tmp_path / "files" / "aa" / "aalink").symlink_to(secret)
    (tmp_path / "files" / "bb").symlink_to(secret.parent)
    os.mkfifo(tmp_path / "files" / "aa" / "aapipe")
    second = tmp_path / "second"
    second.mkdir()

    link_files(second)

    assert [path.name for path in second.iterdir()] == ["aafile"]


def test_a_copy_follows_no_link_that_was_put_there_meanwhile(tmp_path):
    (tmp_path / "key").write_text("secret")
    (tmp_path / "link").symlink_to(tmp_path / "key")

    with pytest.raises(OSError, match="link"):
        copy_file(tmp_path / "link", tmp_path / "copy")

    assert not (tmp_path / "copy").exists()
