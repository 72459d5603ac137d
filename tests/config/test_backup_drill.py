"""A city's whole installation, wiped and restored from its backup, with the time."""

import datetime as dt
import json
import time

import pytest
from django.core.management import call_command

from config.backups.archive import make_key_pair
from config.backups.manifest import describe_tables
from core.db.digests import digesting
from members.actions import Admission, admit_members
from members.enums import Category, Sex, Standing, StartReason
from members.models import Member
from tests.config.installations import (
    application_role,
    make_roles_and_database,
    remove_roles_and_database,
    run_manage,
)
from tests.factories.exchange import AttachmentFactory
from tests.factories.members import identity_number
from tests.factories.organizations import BranchFactory

MEMBERS, BATCH_SIZE, FILES = 60_000, 5_000, 200
HALF_AN_HOUR = 30 * 60
DIGESTS = """
import django, json
django.setup()
from config.backups.manifest import describe_tables
print(json.dumps(describe_tables()))
"""


def admission(number, branch):
    """Return one member of the city."""
    values = {
        "name": f"张{chr(0x4E00 + number % 20_000)}",
        "sex": Sex.MALE,
        "id_number": identity_number(number),
        "birth_date": dt.date(1980, 1, 1),
        "join_date": dt.date(2010, 7, 1),
        "full_member_date": dt.date(2011, 7, 1),
        "phone": f"139{number:08d}",
        "standing": Standing.FULL,
        "category": Category.RESIDENT,
    }
    first = dt.date(2020, 1, 1)
    return Admission(values, branch, first, StartReason.RECORDED)


@pytest.mark.drill
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixty_thousand_members_come_back_within_half_an_hour(
    east, settings, tmp_path, capsys
):
    settings.ATTACHMENT_DIR = tmp_path / "files"
    private, settings.BACKUP_RECIPIENT = make_key_pair()
    (tmp_path / "backup.key").write_text(private)
    branches = BranchFactory.create_batch(12, parent=east)
    for turn, branch in enumerate(branches):
        numbers = range(turn * BATCH_SIZE, (turn + 1) * BATCH_SIZE)
        admit_members([admission(n, branch) for n in numbers], by=None)
    with digesting("tests.attach"):
        AttachmentFactory.create_batch(FILES, organization=east, content=b"x" * 100_000)
    before = describe_tables()

    started = time.monotonic()
    call_command("backup", tmp_path / "backups")
    saved = time.monotonic() - started
    owner, application = make_roles_and_database()
    files = {"FILES_DIR": tmp_path / "restored"}
    started = time.monotonic()
    restored = run_manage(
        *("restore", tmp_path / "backups", "--key", tmp_path / "backup.key"),
        *("--role", application_role()),
        **files,
        DATABASE_URL=owner,
    )
    seconds = time.monotonic() - started
    after = run_manage("shell", "--no-imports", "-c", DIGESTS, DATABASE_URL=owner)
    started = time.monotonic()
    proved = run_manage("verify", **files, DATABASE_URL=application)
    verified = time.monotonic() - started
    remove_roles_and_database()

    with capsys.disabled():
        size = next((tmp_path / "backups").iterdir()).stat().st_size / 1024 / 1024
        said = f"backup {saved:.1f} s, {size:.1f} MB; restore {seconds:.1f} s"
        said += f", verify {verified:.1f} s"
        print(f"\n{Member.objects.count()} members: {said}")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert json.loads(after.stdout) == before
    assert (proved.returncode, proved.stderr) == (0, "")
    assert seconds + verified < HALF_AN_HOUR
