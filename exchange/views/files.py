"""File downloads, recorded in the access log."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from accounts.http import reader
from core.errors import DomainError
from core.web.downloads import hand_out
from core.web.views import PermittedObjectMixin
from exchange.actions import record_download, record_refused_rows_download
from exchange.content_types import name_as_content
from exchange.models import Attachment, ImportBatch
from exchange.refused_rows_sheet import write_refused_rows
from exchange.stored_files import read_file
from sheets.write import WORKBOOK

log = logging.getLogger(__name__)


class RefusedRows(PermittedObjectMixin[ImportBatch]):
    """The refused rows with their reasons, to be corrected and uploaded again."""

    model = ImportBatch

    def has_permission(self, obj: ImportBatch) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the workbook, and record who downloaded it."""
        batch = self.get_permitted_object()
        if not (rows := list(batch.rows.refused())):
            raise Http404
        target = BytesIO()
        try:
            write_refused_rows(target, batch, rows)
        except DomainError as refusal:
            return explain_missing_file(batch.file, refusal, request)
        record_refused_rows_download(batch, by=reader(request))
        what = gettext("Rows that were not taken")
        name = f"{what}-{Path(batch.file.original_name).stem}.xlsx"
        return hand_out(target.getvalue(), name, content_type=WORKBOOK)


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
        return explain_missing_file(attachment, refusal, request)
    record_download(attachment, by=reader(request))
    name = name_as_content(attachment.original_name, attachment.content_type)
    return hand_out(body, name, content_type=attachment.content_type)


def explain_missing_file(
    attachment: Attachment, refusal: DomainError, request: HttpRequest
) -> HttpResponse:
    """Return the page that says why a stored file cannot be read."""
    log.error("Attachment %s cannot be read.", attachment.pk, exc_info=refusal)
    context = {"message": refusal}
    return render(request, "exchange/file_missing.html", context, status=404)
