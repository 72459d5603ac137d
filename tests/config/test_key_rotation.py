"""A new key for what is encrypted: everything moves to it, and the old one can go."""

import base64
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import AuditEntry, KeyCheck
from config.celery import refuse_to_work_unready
from config.keys import remember_keys
from config.readiness import refuse_to_start_unready
from core.db.encrypted_rows import encrypted_columns, find_rows
from core.registries.invariants import invariants
from core.registries.readiness import find_problems
from exchange.stored_files import read_file, write_file
from members.models import Member
from tests.factories.corrections import ProposedCorrectionFactory
from tests.factories.members import MemberFactory
from tests.factories.volunteering import PostFactory

pytestmark = pytest.mark.django_db
OTHER = base64.b64encode(b"o" * 32).decode()


@pytest.fixture
def file(settings, tmp_path):
    """A stored file under the old key, and one from before the encryption."""
    settings.ATTACHMENT_DIR = tmp_path
    path = tmp_path / "ab" / "abcdef"
    write_file(path, b"sheet")
    path.with_name("abplain").write_bytes(b"old sheet")
    return path


@pytest.fixture
def numbers(branch, file):
    """What is encrypted: numbers of members, a phone of a post, a proposed address."""
    ProposedCorrectionFactory(member=MemberFactory(organization=branch))
    PostFactory(contact_phone="0571-8888666")
    members = MemberFactory.create_batch(3, organization=branch)
    return {member.pk: (member.id_number, member.phone) for member in members}


def rotate(settings):
    """Add a new key and run the command; return what it printed."""
    settings.FIELD_KEYS = [f"new:{OTHER}", *settings.FIELD_KEYS]
    out = StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def test_without_the_old_key_everything_is_read_afterwards(numbers, file, settings):
    said = rotate(settings)
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]

    refuse_to_start_unready()
    read = {m.pk: (m.id_number, m.phone) for m in Member.objects.filter(pk__in=numbers)}
    assert read == numbers
    assert read_file(file) == b"sheet"
    assert read_file(file.with_name("abplain")) == b"old sheet"
    assert "2 个文件" in said
    left = {f"{m} {c}": find_rows(m, c, "<>", "new", 1) for m, c in encrypted_columns()}
    assert len(left) == 4
    assert [name for name, rows in left.items() if rows] == []


def test_rows_under_a_new_key_are_found_by_number_and_match_their_digests(
    numbers, settings
):
    rotate(settings)

    broken = [line for one in invariants for line in one.broken()]
    assert broken == []
    assert AuditEntry.objects.filter(action="accounts.record_key_rotation").count() == 1


def test_a_key_that_is_free_is_not_asked_for_after_another_start(numbers, settings):
    rotate(settings)

    refuse_to_start_unready()

    assert not KeyCheck.objects.filter(name="test").exists()


def test_a_key_in_use_is_remembered_on_a_database_of_before(numbers, settings):
    settings.FIELD_KEYS = [f"new:{OTHER}", *settings.FIELD_KEYS]
    KeyCheck.objects.all().delete()

    remember_keys()

    assert KeyCheck.objects.filter(name__in=["new", "test"]).count() == 2


def test_an_interrupted_rotation_goes_on_where_it_stopped(numbers, settings):
    first = Member.objects.get(pk=min(numbers))
    settings.FIELD_KEYS = [f"new:{OTHER}", *settings.FIELD_KEYS]
    first.save(update_fields=["id_number", "phone"])

    out = StringIO()
    call_command("rotate_keys", stdout=out)
    again = StringIO()
    call_command("rotate_keys", stdout=again)

    assert again.getvalue().startswith("已用密钥 new 重新加密 0 行、0 个文件")
    assert Member.objects.get(pk=first.pk).phone == numbers[first.pk][1]


def test_a_number_that_cannot_be_read_stops_it_in_words(numbers, settings):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET phone = id_number")

    with pytest.raises(CommandError, match="没有丢失任何内容"):
        rotate(settings)

    assert KeyCheck.objects.filter(name="test").exists()


COMMANDS = {
    "work": ["work", "--once"],
    "rotate_keys": ["rotate_keys"],
    "changepassword": ["changepassword", "nobody"],
    "bootstrap": ["bootstrap", "no-such-file.json"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_writes_with_a_wrong_key(settings, branch, command):
    settings.BLIND_KEY = OTHER

    with pytest.raises(CommandError, match="BLIND_KEY"):
        call_command(*COMMANDS[command])

    assert [*find_problems()] == ["keys"]


def test_a_celery_worker_with_a_wrong_key_does_not_start(settings, branch):
    refuse_to_work_unready()
    settings.BLIND_KEY = OTHER

    with pytest.raises(SystemExit, match="BLIND_KEY"):
        refuse_to_work_unready()
