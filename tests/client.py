"""The browser that tests hold: what it sends carries a key, as every form of ours does.

Pages put a fresh `idempotency_key` into each form they show, and a write without one is
refused (`core.web.idempotency.once`). A test that posts what a person would fill in has not
read the form first; for it `Browser` adds the one hidden field that the page would have
brought. Nothing else is added: stale tokens, choices and values are the test's own. A
key that the test names, even an empty one, is sent as it stands, and Django's own
`Client` adds none.
"""

from typing import Any

from django.test import Client

from core.web.forms import KEY, new_key


class Browser(Client):
    """Django's test client that brings a fresh key where a form's data names none."""

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Post the data, with a fresh key unless it names one or is no form's data."""
        if data is None or isinstance(data, dict):
            data = {KEY: new_key(), **(data or {})}
        return super().post(path, data, *args, **kwargs)
