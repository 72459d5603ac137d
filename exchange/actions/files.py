"""Store and erase files."""

import datetime as dt
import hashlib
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.months import today
from exchange.content_types import UNKNOWN, content_type_of, name_as_content
from exchange.errors import FileTooLarge
from exchange.models import Attachment, ImportBatch, ImportRow
from exchange.stored_files import read_upload, write_file
from organizations.models import Organization

MEGABYTE = 1024 * 1024
STRAY_AFTER = 24 * 60 * 60  # a file without a row: its transaction was rolled back


def store_file(
    upload: File,
    *,
    organization: Organization | None,
    by: Actor | None,
    keep_days: int | None = None,
    limit: int | None = None,
) -> Attachment:
    """Write a file to disk, encrypted, under a random name; part of an action."""
    attachment = Attachment(
        organization=organization,
        kept_by_id=getattr(by, "pk", None),
        content_type=UNKNOWN,
    )
    body = _read(upload, limit or settings.UPLOAD_LIMIT_BYTES)
    attachment.size = len(body)
    attachment.sha256 = hashlib.sha256(body).hexdigest()
    attachment.content_type = content_type_of(BytesIO(body))
    attachment.original_name = name_as_content(
        upload.name or "", attachment.content_type
    )
    if keep_days is not None:
        attachment.erase_on = today() + dt.timedelta(days=keep_days)
    write_file(attachment.path, body)
    attachment.save()
    return attachment


def _read(upload: File, limit: int) -> bytes:
    """Return the bytes of an upload; refuse more than the limit."""
    body, size = read_upload(upload.chunks(), limit)
    if size > limit:
        size = max(size, upload.size or 0)
        raise FileTooLarge(size=-(-size // MEGABYTE), limit=limit // MEGABYTE)
    return body.getvalue()


@action(label=_("File erased"))
def erase_file(attachment: Attachment, *, by: Actor | None = None) -> None:
    """Erase the bytes and the rows read from them; the attachment's row stays."""
    ImportRow.objects.filter(batch__file=attachment).delete()
    attachment.erased_at = timezone.now()
    attachment.save(update_fields=["erased_at"])
    audit.record(
        attachment,
        by=by,
        organization_id=attachment.organization_id,
        after={"sha256": attachment.sha256},
    )
    attachment.path.unlink(missing_ok=True)


def erase_expired_files() -> int:
    """Erase expired files, and files without a row."""
    erased = 0
    for attachment in Attachment.objects.expired_by(today()):
        erase_file(attachment)
        erased += 1
    for path in _stray_files():
        path.unlink(missing_ok=True)
        erased += 1
    return erased


def _stray_files() -> list[Path]:
    """Return files that are older than any transaction and have no row."""
    before = timezone.now().timestamp() - STRAY_AFTER
    root = Path(settings.ATTACHMENT_DIR)
    old = {p.name: p for p in root.glob("??/*") if p.stat().st_mtime < before}
    known = Attachment.objects.on_disk().filter(stored_name__in=old)
    for name in known.values_list("stored_name", flat=True):
        del old[name]
    return list(old.values())


@action(label=_("File downloaded"), discloses=True)
def record_download(attachment: Attachment, *, by: User) -> None:
    """Record who downloaded a file."""
    record_access(
        attachment,
        by=by,
        organization_id=attachment.organization_id,
        details={"sha256": attachment.sha256},
    )


@action(label=_("Refused rows downloaded"), discloses=True)
def record_refused_rows_download(batch: ImportBatch, *, by: User) -> None:
    """Record who downloaded the refused rows of an import."""
    record_access(
        batch,
        by=by,
        organization_id=batch.organization_id,
        details={"sha256": batch.file.sha256},
    )
