"""A test client whose writes carry an idempotency key, as every form of ours does.

A page puts a fresh `idempotency_key` into each form, and a write without one is refused
(`core.web.idempotency.run_once`). A test that posts data without reading the form first
gets this one hidden field from `Browser`; version tokens, choices and values are the
test's own. A key that the test names, even an empty one, is sent unchanged. Django's
own `Client` adds none.

Signing in writes one row, the session that a sign-in leaves behind: thousands of tests
need somebody signed in, and few are about how. Those send the form, or use `Client`.
"""

import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from accounts.sessions import BEGAN, SEEN
from core.web.forms import KEY, new_key

BACKEND = "accounts.backends.UsernameOrPhone"


class Browser(Client):
    """Django's test client that brings a fresh key where a form's data names none."""

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
        session.create()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
