"""The shape of a form over one row."""

from typing import Any, Generic, TypeVar

from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core.views import DeedFormView, OverRow

M = TypeVar("M", bound=models.Model)


class OverRowForm(OverRow[M], DeedFormView, Generic[M]):
    """A form over one row: found and permitted before anything else is asked."""

    row: M

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.row = self.found()
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cancel = self.row.get_absolute_url()  # type: ignore[attr-defined] # rows with pages
        return super().get_context_data(cancel_url=cancel, **kwargs)
