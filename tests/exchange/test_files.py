"""Storing and erasing files."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from core.months import today
from exchange.actions import erase_expired_files, erase_file, store_file
from exchange.content_types import UNKNOWN
from exchange.errors import FileTooLarge
from exchange.models import Attachment
from sheets.write import WORKBOOK
from tests.factories.exchange import AttachmentFactory, workbook

NOW = dt.datetime(2026, 6, 3, 9, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def test_a_file_lies_under_a_random_name_no_stranger_may_open(attachment_dir):
    kept = AttachmentFactory(content=b"abc", name="C:\\temp\\../roster.xlsx")

    (path,) = [p for p in attachment_dir.rglob("*") if p.is_file()]
    assert path == kept.path
    assert path.name != kept.original_name == "roster.txt"
    # Encrypted; the group reads, because backups have a user of their own.
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.parent.stat().st_mode & 0o777 == 0o750
    assert (kept.size, kept.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook([]), WORKBOOK),
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n", "image/png"),
        ("姓名,性别".encode(), "text/plain"),
        (b"<svg onload='alert(1)'>", UNKNOWN),
        (b"PK\x03\x04 broken", UNKNOWN),
        (b"\x00\x01", UNKNOWN),
    ],
)
def test_what_a_file_is_stands_in_its_bytes_and_not_in_its_name(content, kind):
    assert AttachmentFactory(content=content, name="page.html").content_type == kind


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.txt"),
        ("a\x00b\n.csv", "ab.csv"),
        ("长" * 300 + ".txt", "长" * 196 + ".txt"),
        ("长" * 300, "长" * 196 + ".txt"),
        ("\u202excod.exe", "xcod.txt"),
        ("..", "-.txt"),
        ("ab?.csv", "ab.csv"),
    ],
)
def test_a_name_is_kept_without_folders_and_tricks(name, kept, east):
    upload = ContentFile(b"x")
    upload.name = name

    assert store_file(upload, organization=east, by=None).original_name == kept


def test_too_large_a_file_is_refused_and_leaves_nothing_behind(east, attachment_dir):
    with pytest.raises(FileTooLarge, match="2 MB"):
        store_file(
            ContentFile(b"x" * (1024 * 1024 + 1), name="a"),
            organization=east,
            by=None,
            limit=1024 * 1024,
        )

    assert [p for p in attachment_dir.rglob("*") if p.is_file()] == []
    assert Attachment.objects.count() == 0


def test_a_file_is_erased_once_its_time_is_over(time_machine):
    time_machine.move_to(NOW)
    kept = AttachmentFactory(keep_days=30)
    forever = AttachmentFactory()
    time_machine.shift(dt.timedelta(days=29))
    assert erase_expired_files() == 0

    time_machine.shift(dt.timedelta(days=1))

    assert erase_expired_files() == 1
    assert (kept.path.exists(), forever.path.exists()) == (False, True)
    assert Attachment.objects.on_disk().get() == forever


def test_a_file_that_no_row_knows_of_is_erased_after_a_day(
    attachment_dir, time_machine
):
    stray = attachment_dir / "ab" / ("ab" * 16)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"rolled back")
    time_machine.move_to(timezone.now())
    assert erase_expired_files() == 0

    time_machine.shift(dt.timedelta(days=2))

    assert erase_expired_files() == 1
    assert stray.exists() is False


def test_a_download_is_never_shown_nor_kept_by_the_browser(client, east, secretary):
    kept = AttachmentFactory(organization=east, content=b"<script>", name="页.html")
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse("exchange:file", args=[kept.pk]))

    assert answer.content == b"<script>"
    assert answer["Content-Type"] == UNKNOWN
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_a_download_leaves_a_note_of_who_took_it(client, east, secretary):
    kept = AttachmentFactory(organization=east)
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse("exchange:file", args=[kept.pk]))

    assert answer.content == "会议记录\n".encode()
    entry = AccessEntry.objects.get()
    assert (entry.actor, entry.action) == (secretary, "exchange.record_download")
    assert entry.details == {"sha256": kept.sha256}


def test_an_erased_file_cannot_be_downloaded(client, east, secretary):
    kept = AttachmentFactory(organization=east)
    erase_file(kept)
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    answer = client.get(reverse("exchange:file", args=[kept.pk]))

    assert answer.status_code == 404


def test_a_file_to_be_erased_says_on_which_day():
    assert AttachmentFactory(keep_days=30).erase_on == today() + dt.timedelta(days=30)


def test_an_old_file_that_a_row_knows_of_stays(attachment_dir, time_machine):
    kept = AttachmentFactory()
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))

    assert erase_expired_files() == 0
    assert Attachment.objects.on_disk().get() == kept
