"""A member reads who looked at their record."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from core.web.components import Link
from core.web.exports import ExportedPage
from members.looks import looks_at_own_record
from members.tables import OwnLookTable
from members.views.own import OwnPageView

TITLE = _("Who looked at my record")


class OwnLooks(OwnPageView, ExportedPage, SingleTableMixin, TemplateView):
    """The looks of others at the reader's own record, the latest first."""

    template_name = "core/list_page.html"
    table_class = OwnLookTable
    paginate_by = 20

    def get_table_data(self) -> Any:
        return looks_at_own_record(self.request.user, self.member)

    def get_table_pagination(self, table: Any) -> dict[str, Any]:
        page = self.request.GET.get(table.prefixed_page_field) or 1
        return {"per_page": self.paginate_by, "page": page, "silent": False}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=TITLE,
            lead=_(
                "Whoever opened your record, read a number of yours in full or found"
                " you by it. Lists and files of many people are recorded as a whole and"
                " do not stand here. If a look puzzles you, ask your community or"
                " street."
            ),
            empty_text=_("Nobody but you has looked at your record yet."),
            breadcrumbs=[Link(_("About me"), reverse("members:me")), Link(TITLE)],
            **kwargs,
        )
