"""A test client whose writes carry an idempotency key, as every form of ours does.

A page puts a fresh `idempotency_key` into each form, and a write without one is refused
(`core.web.idempotency.run_once`). A test that posts data without reading the form first
gets this one hidden field from `Browser`; version tokens, choices and values are the
test's own, but for pages that have to be read before their form is sent
(`core.web.read_first`). A key that the test names, even an empty one, is sent
unchanged. Django's own `Client` adds none.

Signing in writes one row, the session that a sign-in leaves behind: thousands of tests
need somebody signed in, and few are about how. Those send the form, or use `Client`.

All browsers share the loaded middleware, as all requests to a server do. Django's own
`Client` loads it anew for each.
"""

import time
from functools import cache
from http import HTTPStatus
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.core.signals import setting_changed
from django.http import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.urls import Resolver404, resolve, reverse
from django.utils.crypto import get_random_string

from accounts.sessions import BEGAN, SEEN
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import new_key
from core.web.idempotency import KEY
from core.web.read_first import ReadFirstView, ReadListMixin
from core.web.views import ReadActionView

READ = (ReadFirstView, ReadListMixin, ReadActionView)
BACKEND = "accounts.backends.UsernameOrPhone"


@cache
def loaded_handler() -> ClientHandler:
    """Return the application with its middleware, loaded under the present settings."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


def forget_handler(**_signal: Any) -> None:
    """Load the middleware again: it may have read the setting that has changed."""
    loaded_handler.cache_clear()


setting_changed.connect(forget_handler)


def view_of(path: str) -> type:
    """Return the class of the view at the address."""
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return object
    return getattr(view, "view_class", object)


def token_of_button(view: type[ReadActionView[Any]], path: str) -> str:
    """Return the token that the page gives a button whose address this is."""
    key = resolve(urlsplit(path).path).kwargs[view.pk_url_kwarg]
    row = view.model._base_manager.filter(pk=key).first()
    return "" if row is None else view.read_token(row)


class Browser(Client):
    """Django's test client that brings a fresh key where a form's data names none."""

    def __init__(self, *, enforce_csrf_checks: bool = False, **defaults: Any) -> None:
        super().__init__(enforce_csrf_checks=enforce_csrf_checks, **defaults)
        if not enforce_csrf_checks:
            self.handler = self._handle

    def _handle(self, environ: dict[str, Any]) -> HttpResponseBase:
        return loaded_handler()(environ)

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Post the data, with a fresh key unless it names one or is no form's data."""
        if data is None or isinstance(data, dict):
            data = {KEY: new_key(), **self.as_read(path, data or {})}
        return super().post(path, data, *args, **kwargs)

    def as_read(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data with the token of a page that has to be read first.

        A test that decides about something opens the page before, as people do; one
        that names a token, even an empty one, has read it when it chose.
        """
        view = view_of(path)
        if VERSION_TOKEN in data or not issubclass(view, READ):
            return data
        if issubclass(view, ReadListMixin):
            listed = self.get(reverse(view.list_url_name))
            token = (getattr(listed, "context", None) or {}).get(VERSION_TOKEN, "")
            return {**data, VERSION_TOKEN: token}
        if issubclass(view, ReadActionView):
            return {VERSION_TOKEN: token_of_button(view, path), **data}
        opened = self.get(path)
        form = (getattr(opened, "context", None) or {}).get("form")
        if opened.status_code != HTTPStatus.OK or form is None:
            return data
        token = form[VERSION_TOKEN].value() if VERSION_TOKEN in form.fields else ""
        return {**data, VERSION_TOKEN: token}

    def force_login(self, user: Any, backend: str | None = None) -> None:
        """Give the browser a session of the user, without events of a sign-in."""
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        now = int(time.time())
        session.update(
            {
                SESSION_KEY: f"{user.pk}",
                BACKEND_SESSION_KEY: backend or BACKEND,
                HASH_SESSION_KEY: user.get_session_auth_hash(),
                BEGAN: now,
                SEEN: now,
            }
        )
        key = get_random_string(32, VALID_KEY_CHARS)
        session._session_key = key
        session.create_model_instance(dict(session.items())).save(force_insert=True)
        self.cookies[settings.SESSION_COOKIE_NAME] = key
