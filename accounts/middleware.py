"""Asks for sign-in and leads back to a page that can be opened."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import LoginView, redirect_to_login
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

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
