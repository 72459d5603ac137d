"""Answer an address that asks for a list as a file."""

from io import BytesIO
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.http import reader
from core.web.downloads import hand_out
from core.web.exports import list_address
from exchange.actions.exports import record_list_export
from exchange.enums import ExportKind
from exchange.exports.files import FILE_KINDS, name_file, write_file
from exchange.exports.opened_list import OpenedList

MAX_IMMEDIATE_ROWS = 2000
"""So many rows are answered at once; more are written by a worker."""


def answer_export(
    request: HttpRequest, opened: OpenedList, kind: str
) -> HttpResponseBase:
    """Hand a list out as a file; a long one is offered as work for a worker."""
    rows = list(islice(opened.rows(), MAX_IMMEDIATE_ROWS + 1))
    if len(rows) > MAX_IMMEDIATE_ROWS:
        query = urlencode({"list": list_address(request), "kind": kind})
        return HttpResponseRedirect(f"{reverse('exchange:export')}?{query}")
    target = BytesIO()
    sheet = opened.sheet(iter(rows), len(rows))
    record_list_export(write_file(target, opened, sheet, kind), by=reader(request))
    return hand_out(
        target.getvalue(),
        name_file(opened, kind),
        content_type=FILE_KINDS[ExportKind(kind)].content_type,
    )
