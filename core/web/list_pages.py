"""The base of pages that are a list: rows in a table, with filters and as a file."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from core.text import StrOrPromise
from core.web.exports import ExportedPage


class ListPage(ExportedPage, SingleTableMixin, FilterView):
    """A list of the rows the reader may see, filtered by GET, fifty a page."""

    template_name = "core/list_page.html"
    paginate_by = 50
    strict = False
    title: StrOrPromise = ""
    empty_text: StrOrPromise = _("Nothing here yet.")

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.request.user)

    def get_paginate_by(self, queryset: Any) -> int | None:
        """Leave the pages to the table: a second paginator counts the rows again."""
        return None

    def get_table_pagination(self, table: Any) -> dict[str, Any]:
        page = self.request.GET.get(table.prefixed_page_field) or 1
        return {"per_page": self.paginate_by, "page": page, "silent": False}

    def record_look(self, columns: list[str]) -> None:
        """Record who looks at columns that are `recorded`; override where there are."""
        raise NotImplementedError

    def render_to_response(self, context: Any, **kwargs: Any) -> Any:
        """Answer with the page; a page that is rendered records who looks at it.

        A list that leaves as a file is not rendered: its file is recorded instead.
        """
        response: Any = super().render_to_response(context, **kwargs)
        if columns := context["table"].recorded_columns:
            response.add_post_render_callback(lambda _page: self.record_look(columns))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"title": self.title, "empty_text": self.empty_text}
        context: dict[str, Any] = super().get_context_data(**{**extra, **kwargs})
        return context
