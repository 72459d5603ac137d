"""Kept files on disk: encrypted, whole or not there, and honest about what is lost."""

import resource
from contextlib import contextmanager

import pytest
from django.urls import reverse

from accounts.models import AccessEntry
from core.encrypted_stream import CHUNK
from exchange.errors import FileMissing, FileUnreadable, StorageFull
from exchange.imports import plan_batch
from exchange.models import Attachment, ImportBatch
from exchange.stored_files import MAGIC, open_plain_copy, read_file
from tests.factories.exchange import (
    AttachmentFactory,
    ImportBatchFactory,
    person,
    upload,
    workbook,
)

BACKEND = "accounts.backends.UsernameOrPhone"
pytestmark = pytest.mark.django_db


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


@contextmanager
def room_for(size):
    """Let no file grow beyond a size; the kernel then answers as on a full disk."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))


def test_no_word_of_a_kept_file_can_be_read_on_the_disk():
    content = "身份证号码 42068319850312".encode() * 20
    kept = AttachmentFactory(content=content)

    on_disk = kept.path.read_bytes()

    assert on_disk.startswith(MAGIC)
    assert content[:12] not in on_disk
    assert read_file(kept.path) == content


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_length_comes_back_as_it_was(size):
    content = b"\x07" * size

    assert read_file(AttachmentFactory(content=content).path) == content


def damage(path, kind):
    body = path.read_bytes()
    cut = {
        "cut off": body[:-20],
        "cut at a chunk": body[: len(MAGIC) + 1 + 4 + 16 + CHUNK + 16],
        "extended": body + b"x",
        "a byte changed": body[:-1] + bytes([body[-1] ^ 1]),
    }
    path.write_bytes(cut[kind])


@pytest.mark.parametrize(
    "kind", ["cut off", "cut at a chunk", "extended", "a byte changed"]
)
def test_a_damaged_file_is_refused_and_not_handed_out_in_part(kind):
    kept = AttachmentFactory(content=b"a" * (CHUNK + 100))
    damage(kept.path, kind)

    with pytest.raises(FileUnreadable):
        read_file(kept.path)


def test_one_file_in_the_place_of_another_is_refused():
    one, other = AttachmentFactory(), AttachmentFactory()
    other.path.write_bytes(one.path.read_bytes())

    with pytest.raises(FileUnreadable):
        read_file(other.path)


def test_a_file_from_before_the_encryption_is_still_read():
    kept = AttachmentFactory()
    kept.path.write_bytes(b"kept in plain")

    assert read_file(kept.path) == b"kept in plain"


def test_the_plain_copy_of_a_reader_is_gone_after_it(attachment_dir):
    kept = AttachmentFactory(content=b"plain")

    with open_plain_copy(kept.path) as path:
        during = path.read_bytes()

    assert (during, path.exists()) == (b"plain", False)
    assert files_in(attachment_dir) == [kept.path]


def test_a_full_disk_refuses_a_file_in_words_and_keeps_no_part_of_it(
    east, attachment_dir
):
    with room_for(32 * 1024), pytest.raises(StorageFull, match="磁盘已满"):
        AttachmentFactory(organization=east, content=b"x" * 100_000)

    assert files_in(attachment_dir) == []
    assert Attachment.objects.count() == 0


def test_the_upload_page_says_that_the_disk_is_full(
    client, east, branch, secretary, attachment_dir
):
    client.force_login(secretary, backend=BACKEND)
    content = workbook([person(n) for n in range(1500)])
    data = {"kind": "member_roster", "file": upload(content), "organization": east.pk}

    with room_for(32 * 1024):
        page = client.post(reverse("exchange:upload"), data)

    assert "服务器存不下这个文件" in page.content.decode()
    assert (ImportBatch.objects.count(), files_in(attachment_dir)) == (0, [])


def test_a_file_lost_on_the_server_is_told_as_such_on_a_page(client, east, secretary):
    kept = AttachmentFactory(organization=east)
    kept.path.unlink()
    client.force_login(secretary, backend=BACKEND)

    page = client.get(reverse("exchange:file", args=[kept.pk]))

    assert page.status_code == 404
    assert "这个文件已不在服务器上" in page.content.decode()
    assert AccessEntry.objects.count() == 0


def test_a_sheet_lost_on_the_server_is_not_called_damaged(east, branch, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)
    batch.file.path.unlink()

    batch = plan_batch(batch, by=secretary)

    assert batch.message == str(FileMissing())


def test_a_key_that_is_missing_is_told_as_such(settings):
    kept = AttachmentFactory()
    settings.FIELD_KEYS = ["new:" + settings.FIELD_KEYS[0].split(":")[1]]

    with pytest.raises(FileUnreadable, match="密钥"):
        read_file(kept.path)


def test_an_uploaded_sheet_is_gone_after_seven_days(east, secretary):
    batch = ImportBatchFactory(organization=east, by=secretary)

    days = (batch.file.erase_on - batch.file.kept_at.astimezone().date()).days

    assert days == 7
