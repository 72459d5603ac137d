"""A test client whose writes carry an idempotency key, as every form of ours does.

A page puts a fresh `idempotency_key` into each form, and a write without one is refused
(`core.web.idempotency.run_once`). A test that posts data without reading the form first
gets this one hidden field from `Browser`; version tokens, choices and values are the
test's own. A key that the test names, even an empty one, is sent unchanged. Django's
own `Client` adds none.
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
