"""File downloads, recorded in the access log."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from accounts.http import reader
from core.errors import DomainError
from core.web.views import PermittedObjectMixin
from exchange.actions import record_download, record_refused_rows_download
from exchange.models import Attachment, ImportBatch
from exchange.refused_rows_sheet import build_refused_rows_sheet
from exchange.stored_files import read_file
from sheets.write import WORKBOOK, write_workbook

log = logging.getLogger(__name__)


class RefusedRows(PermittedObjectMixin[ImportBatch]):
    """The refused rows as a workbook, to be corrected in the office's own sheet."""

    model = ImportBatch

    def has_permission(self, obj: ImportBatch) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        """Send the workbook, and record who downloaded it."""
        batch = self.get_permitted_object()
        if not (rows := list(batch.rows.refused())):
            raise Http404
        record_refused_rows_download(batch, by=reader(request))
        target = BytesIO()
        write_workbook(target, build_refused_rows_sheet(batch, rows))
        target.seek(0)
        what = gettext("Rows that were not taken")
        name = f"{Path(batch.file.original_name).stem}-{what}.xlsx"
        return FileResponse(
            target, as_attachment=True, filename=name, content_type=WORKBOOK
        )


class FileDownload(PermittedObjectMixin[Attachment]):
    """Download of an attachment, recorded in the access log."""

    model = Attachment

    def has_permission(self, obj: Attachment) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file."""
        return serve_file(self.get_permitted_object(), request)


def serve_file(attachment: Attachment | None, request: HttpRequest) -> HttpResponseBase:
    """Send the bytes as a download and record who downloaded them.

    If a stored file cannot be read, a page explains it.
    """
    if attachment is None or attachment.erased_at is not None:
        raise Http404
    try:
        body = read_file(attachment.path)
    except DomainError as refusal:
        log.exception("Attachment %s cannot be read.", attachment.pk)
        context = {"message": refusal}
        return render(request, "exchange/file_missing.html", context, status=404)
    record_download(attachment, by=reader(request))
    return build_download(attachment, body)


def build_download(attachment: Attachment, body: bytes) -> FileResponse:
    """Return the bytes as a download without sniffing or caching."""
    return FileResponse(
        BytesIO(body),
        as_attachment=True,
        filename=attachment.original_name,
        content_type=attachment.content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store, private",
        },
    )
