"""What this app lets people search for: documents and publications."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.search import Hit, SearchKind, filtered, search_kinds
from exchange.models import Document, Publication
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


def find_publications(reader: Actor, text: str) -> QuerySet[Publication]:
    """Return the publications of the reader's area whose title contains the text."""
    rows = Publication.objects.visible_to(reader).select_related("organization")
    return rows.filter(title__contains=text).order_by("-starts_on", "-pk")


def show_publication(row: Publication) -> Hit:
    """Show a publication with who publishes it."""
    return Hit(row.title, row.get_absolute_url(), row.organization.name)


def list_publications(text: str) -> str:
    """Return the address of the list of publications, narrowed to the title."""
    return filtered(reverse("exchange:publications"), title=text)


search_kinds.add(
    SearchKind(
        "exchange.publications",
        _("Publications"),
        can_see_documents,
        find_publications,
        show_publication,
        list_publications,
        rank=71,
    ),
    SearchKind(
        "exchange.documents",
        _("Documents"),
        can_see_documents,
        find_documents,
        show_document,
        list_documents,
        rank=70,
    ),
)
