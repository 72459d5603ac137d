"""Reject malformed requests, set audit context and caching, name answered forms."""

import logging
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from core.audit.context import AuditContext, audit_context
from core.db.cut_connections import UNREACHABLE
from core.web.failures import show_unavailable
from core.web.idempotency import KEY, is_key

log = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
LONGEST_TEXT = 4094  # of a part of an address; gunicorn takes no longer line
ANSWERED_FORMS = "answered_forms"
ANSWERED_SECONDS = 60 * 60  # as long as `drafts.js` keeps what was typed
MAX_ANSWERED = 5  # several windows may be answered before their pages are read
WITHOUT_DATABASE = {"/healthz", "/readyz"}  # they ask for themselves, if at all
GetResponse = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str:
    """Return the client's address, trusting only as many proxies as we run.

    A client can write anything into `X-Forwarded-For`; its part is left of what our own
    proxies add, and is ignored.
    """
    proxies: int = settings.TRUSTED_PROXIES
    hops: list[str] = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if proxies and len(hops) >= proxies:
        return hops[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def reach_database_middleware(get_response: GetResponse) -> GetResponse:
    """Make sure that the database answers before anything of the request is done.

    A connection that was cut is noticed (`CONN_HEALTH_CHECKS`) and opened again; where
    that fails, as while the database restarts, it is tried once more. The request
    itself is never repeated. Without a database the answer says so.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if request.path in WITHOUT_DATABASE:
            return get_response(request)
        try:
            _connect_with_one_retry()
        except UNREACHABLE:
            log.exception("The database does not answer.")
            return show_unavailable("503.html")
        return get_response(request)

    return respond


def _connect_with_one_retry() -> None:
    connection.close_if_health_check_failed()
    try:
        connection.ensure_connection()
    except UNREACHABLE:
        time.sleep(RETRY_SECONDS)
        connection.ensure_connection()


def reject_malformed_middleware(get_response: GetResponse) -> GetResponse:
    """Reject NUL characters, overlong texts and page lengths in the address.

    PostgreSQL accepts no NUL in a text, not even in a query; SQLite searches for no
    pattern of any length; and django-tables2 would let an address ask for pages of any
    length, even a negative one.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        query = request.GET
        texts = [
            *request.COOKIES.values(),
            *(t for _n, ts in query.lists() for t in ts),
        ]
        if "per_page" in query or any(map(_is_malformed, texts)):
            raise SuspiciousOperation("An address that no page of ours writes.")
        return get_response(request)

    return respond


def _is_malformed(text: str) -> bool:
    return "\0" in text or len(text) > LONGEST_TEXT


def audit_context_middleware(get_response: GetResponse) -> GetResponse:
    """Set the audit context: channel, client address and request id."""

    def respond(request: HttpRequest) -> HttpResponse:
        channel = "admin" if request.path.startswith("/admin/") else "page"
        context = AuditContext(channel, client_address(request), uuid.uuid4().hex[:16])
        with audit_context(context):
            return get_response(request)

    return respond


def explain_refused_method_middleware(get_response: GetResponse) -> GetResponse:
    """Explain a bare 405 response: the address only accepts forms."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        page = render(request, "405.html", status=response.status_code)
        page["Allow"] = response["Allow"]
        return page

    return respond


def private_pages_middleware(get_response: GetResponse) -> GetResponse:
    """Disable caching of pages for signed-in people."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return respond


def name_answered_forms_middleware(get_response: GetResponse) -> GetResponse:
    """Name the forms that were answered, so that the browser forgets what was typed.

    The keys of the last forms are in a cookie that `drafts.js` reads: it comes with the
    answer or not at all. A conflict is an answer: its page shows what was typed. A form
    that is refused for lack of a right or a session, that fails, or that never arrives
    is not named; its draft is offered again.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        status = response.status_code
        is_answered = status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.CONFLICT
        if request.method == "POST" and is_answered and request.user.is_authenticated:
            _name_answered(request, response)
        return response

    return respond


def _name_answered(request: HttpRequest, response: HttpResponse) -> None:
    key = request.POST.get(KEY, "")
    if not is_key(key):
        return
    earlier = request.COOKIES.get(ANSWERED_FORMS, "").split(".")
    keys = [k for k in earlier if is_key(k) and k != key][1 - MAX_ANSWERED :]
    response.set_cookie(
        ANSWERED_FORMS,
        ".".join([*keys, key]),
        max_age=ANSWERED_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
