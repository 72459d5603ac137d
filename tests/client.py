"""A test client whose writes carry an idempotency key, as every form of ours does.

A page puts a fresh `idempotency_key` into each form, and a write without one is refused
(`core.web.idempotency.run_once`). A test that posts data without reading the form first
gets this one hidden field from `Browser`; version tokens, choices and values are the
test's own. A key that the test names, even an empty one, is sent unchanged. Django's
own `Client` adds none.

Signing in writes one row, the session that a sign-in leaves behind: thousands of tests
need somebody signed in, and few are about how. Those send the form, or use `Client`.

All browsers share the loaded middleware, as all requests to a server do. Django's own
`Client` loads it anew for each.
"""

import time
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.core.signals import setting_changed
from django.http import HttpResponseBase
from django.test import Client
from django.test.client import ClientHandler
from django.utils.crypto import get_random_string

from accounts.sessions import BEGAN, SEEN
from core.web.forms import new_key
from core.web.idempotency import KEY

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
            data = {KEY: new_key(), **(data or {})}
        return super().post(path, data, *args, **kwargs)

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
