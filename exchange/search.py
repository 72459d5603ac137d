"""What this app lets people search for: documents."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.search import Hit, SearchKind, filtered, search_kinds
from exchange.models import Document
from exchange.permissions import can_see_documents


def find_documents(reader: Actor, text: str) -> QuerySet[Document]:
    """Return the documents, not over yet, whose title or number contains the text."""
    rows = Document.objects.visible_to(reader).not_over()
    called = rows.filter(Q(title__contains=text) | Q(number__contains=text))
    return called.select_related("organization").order_by("-starts_on", "-pk")


def show_document(row: Document) -> Hit:
    """Show a document with its number and who keeps it."""
    note = " · ".join(part for part in (row.number, row.organization.name) if part)
    return Hit(row.title, row.get_absolute_url(), note)


def list_documents(text: str) -> str:
    """Return the address of the list of documents, narrowed to title or number."""
    return filtered(reverse("exchange:documents"), title=text)


search_kinds.add(
    SearchKind(
        "exchange.documents",
        _("Documents"),
        can_see_documents,
        find_documents,
        show_document,
        list_documents,
        rank=70,
    )
)
