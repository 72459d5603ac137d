"""Files handed out, with a note of who took them."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext

from accounts.actions import note_access
from accounts.http import reader
from core.views import OverRow
from exchange.content_types import WORKBOOK
from exchange.models import Attachment, ImportBatch
from exchange.refusals import refusals_of
from exchange.workbooks import write_workbook


class RefusedRows(OverRow[ImportBatch]):
    """The refused rows as a workbook, to be put right in the office's own sheet."""

    model = ImportBatch

    def allowed(self, obj: ImportBatch) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Hand the workbook out, and note who took it."""
        batch = self.found()
        if not (rows := list(batch.rows.refused())):
            raise Http404
        note_access(
            "exchange.download_refused",
            batch,
            by=reader(request),
            organization_id=batch.organization_id,
        )
        target = BytesIO()
        write_workbook(target, refusals_of(batch, rows))
        target.seek(0)
        what = gettext("Rows that were not taken")
        name = f"{Path(batch.file.original_name).stem}-{what}.xlsx"
        return FileResponse(
            target, as_attachment=True, filename=name, content_type=WORKBOOK
        )


class FileDownload(OverRow[Attachment]):
    """A kept file as a download, and a note of who took it."""

    model = Attachment

    def allowed(self, obj: Attachment) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Hand the file out."""
        return handed_out(self.found(), request)


def handed_out(kept: Attachment | None, request: HttpRequest) -> FileResponse:
    """Hand the bytes out, never to be shown inside a page, and note who took them."""
    if kept is None or kept.erased_at is not None or not kept.path.exists():
        raise Http404
    note_access(
        "exchange.download_file",
        kept,
        by=reader(request),
        organization_id=kept.organization_id,
        details={"sha256": kept.sha256},
    )
    return as_download(kept)


def as_download(kept: Attachment) -> FileResponse:
    """Return the bytes as an attachment that no browser guesses about or keeps."""
    return FileResponse(
        kept.path.open("rb"),
        as_attachment=True,
        filename=kept.original_name,
        content_type=kept.content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
