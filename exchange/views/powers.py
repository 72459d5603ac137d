"""The register of powers passed down, each with its document: a list, and on paper."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.months import today
from core.web.components import Link
from exchange import permissions
from exchange.enums import DELEGATION
from exchange.filters import PowerFilter
from exchange.models import Document
from exchange.tables import PowerTable
from exchange.views.documents import DocumentList, documents_breadcrumb

TITLE = _("Powers passed down")


class PowerList(DocumentList):
    """Lists of powers in the reader's area, and what organizations above hand down."""

    table_class = PowerTable
    filterset_class = PowerFilter
    title = TITLE
    empty_text = _(
        "No power passed down is on record. Enter the document by which it was, of the"
        " kind “list of powers passed down”, with what it says and whom it reaches."
    )

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(kind=DELEGATION)
        return rows.prefetch_related("organization__children")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        links = [Link(_("Print"), reverse("exchange:powers_paper"))]
        if permissions.can_enter_documents(self.request.user):
            enter = f"{reverse('exchange:enter_document')}?"
            enter += urlencode({"kind": DELEGATION})
            links.append(Link(_("Enter the document"), enter, "plus-lg", primary=True))
        crumbs = [documents_breadcrumb(), Link(TITLE)]
        return {**context, "page_actions": links, "breadcrumbs": crumbs}


class PowersPaper(UserPassesTestMixin, TemplateView):
    """The powers in force, with the documents behind them, on A4."""

    template_name = "exchange/powers_paper.html"

    def test_func(self) -> bool:
        return permissions.can_see_documents(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Document.objects.visible_to(self.request.user).in_force()
        powers = rows.filter(kind=DELEGATION).select_related("organization")
        powers = powers.prefetch_related("organization__children")
        return super().get_context_data(
            title=TITLE,
            powers=powers.order_by("organization__path", "starts_on", "pk"),
            printed_on=today(),
            back_url=reverse("exchange:powers"),
            **kwargs,
        )
