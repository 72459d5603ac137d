"""Asks for sign-in and leads back to a page; answers forms that are sent again."""

import copy
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve

from accounts.drafts.keeping import title_of_form
from core.text import StrOrPromise
from core.web.idempotency import (
    CSRF,
    KEY,
    AlreadyWritten,
    FinishedWrite,
    digest_sent_form,
    find_finished,
)
from core.web.writing import ANSWERED

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


class SignInAgainMiddleware(LoginRequiredMiddleware):
    """Asks people to sign in, and leads back to the page on which they sent a form.

    An address that only takes forms cannot be opened afterwards.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        if request.method in SAFE_METHODS:
            return super().handle_no_permission(request, view_func)
        login_url = self.get_login_url(view_func)
        return redirect_to_login(page_of_form(request), resolve_url(login_url))


def page_of_form(request: HttpRequest) -> str:
    """Return the page from which a form was sent, or one that can be opened instead."""
    referrer = urlsplit(request.headers.get("Referer", ""))
    pages = [request.path]
    if referrer.netloc == request.get_host():
        pages.insert(0, urlunsplit(("", "", referrer.path, referrer.query, "")))
    return next((page for page in pages if is_page(page)), "/")


def is_page(address: str) -> bool:
    """Whether an address of ours can be opened by a link, and is not the sign-in."""
    try:
        view = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    view_class = getattr(view.func, "view_class", None)
    if view_class is None:
        return True
    takes_get = "get" in view_class.http_method_names and hasattr(view_class, "get")
    return takes_get and not issubclass(view_class, LoginView)


class SentAgainMiddleware:
    """Answers a form whose key belongs to a finished write, before its page does.

    The same content is answered with the result: a double click is no offence, even
    where the write took away the right or hid the row. Other content was typed by
    somebody who does not know that the form is saved: nothing is written, and the page
    (409) says so, leads to what was saved, and keeps what was typed in the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer also a form whose twin was written while this one was looked at.

        It was refused then because of what its twin had just done: the name is taken,
        the row is gone. After a failure of the server nothing is looked up: the
        database may be what failed.
        """
        response = self.get_response(request)
        failed = response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        if request.method != "POST" or failed or hasattr(request, ANSWERED):
            return response
        if not has_token(request):
            return response
        return self._answer_if_written(request) or response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Look the form's key up."""
        return self._answer_if_written(request) if request.method == "POST" else None

    def _answer_if_written(self, request: HttpRequest) -> HttpResponse | None:
        earlier = find_finished(request.POST.get(KEY, ""), by=request.user)
        return None if earlier is None else _answer_again(request, earlier)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer a form whose key another request used in the same moment."""
        if not isinstance(exception, AlreadyWritten):
            return None
        return _answer_again(request, exception.write)


def has_token(request: HttpRequest) -> bool:
    """Whether the form was not refused as forged, which nothing else answers."""
    return bool(getattr(request, "csrf_processing_done", False))


def _answer_again(request: HttpRequest, earlier: FinishedWrite) -> HttpResponse:
    setattr(request, ANSWERED, True)
    if not earlier.is_of(digest_sent_form(request)):
        return _show_unsaved(request, earlier)
    if message := _message_of(_view_of(request)):
        messages.info(request, message)
    return HttpResponseRedirect(earlier.location)


def _view_of(request: HttpRequest) -> Any:
    return getattr(request.resolver_match, "func", None)


def _message_of(view: Any) -> str:
    """Return what a view says when it is sent again, if it does."""
    owners = [
        view,
        *(getattr(view, name, None) for name in ("view_class", "model_admin")),
    ]
    messages_of = (getattr(owner, "repeated_message", "") for owner in owners)
    return next((str(message) for message in messages_of if message), "")


def _show_unsaved(request: HttpRequest, earlier: FinishedWrite) -> HttpResponse:
    """Show the form with what was typed, or the text alone where it no longer opens."""
    typed = request.POST.copy()
    for name in (KEY, CSRF):
        typed.pop(name, None)
    page = _open_form(request, typed, earlier) if title_of_form(request) else None
    if page is None:
        context = {
            "saved_before": earlier.location,
            "typed": describe_typed(_view_of(request), typed),
            "back_url": page_of_form(request),
        }
        page = render(request, "core/sent_again.html", context)
    page.status_code = HTTPStatus.CONFLICT
    return page


def _open_form(
    request: HttpRequest, typed: QueryDict, earlier: FinishedWrite
) -> HttpResponse | None:
    """Return the form's page as if it were opened now, with what was typed in it."""
    match: Any = request.resolver_match
    opening: Any = copy.copy(request)
    opening.method, opening.POST = "GET", QueryDict()
    opening.restored_form, opening.saved_before = typed, earlier.location
    opening.kept_drafts = None  # what is shown now stands in for them
    try:
        page: HttpResponse = match.func(opening, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return None
    return page if page.status_code == HTTPStatus.OK else None


def describe_typed(view: Any, typed: QueryDict) -> list[tuple[StrOrPromise, str]]:
    """Return the texts that were typed into a view's form, with their labels."""
    page, admin = (getattr(view, name, None) for name in ("view_class", "model_admin"))
    form: Any = getattr(page, "form_class", getattr(admin, "end_form", None))
    fields: dict[str, forms.Field] = getattr(form, "base_fields", {})
    return [
        (field.label or name, text)
        for name, field in fields.items()
        if _is_text(field) and (text := typed.get(name, ""))
    ]


def _is_text(field: forms.Field) -> bool:
    widget = field.widget
    is_secret = isinstance(widget, forms.PasswordInput)
    is_choice = hasattr(field, "choices") or isinstance(field, forms.BooleanField)
    return not (widget.is_hidden or is_secret or is_choice)
