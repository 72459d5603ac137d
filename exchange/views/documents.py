"""Pages of documents: the list, one of them with its versions, and its file."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.registries.page_sections import sections_for
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    ReasonView,
    RowFormView,
)
from exchange import actions, permissions
from exchange.document_links import records_behind
from exchange.filters import DocumentFilter
from exchange.forms import DocumentForm
from exchange.models import Document
from exchange.tables import DocumentTable
from exchange.views.files import serve_file
from organizations.models import Organization
from organizations.queries import labels_of_code_list
from organizations.roles import MEETING_KEEPERS

ENTER = _("Enter a document")
kind_in_words = labels_of_code_list("document_kinds")


def documents_breadcrumb() -> Link:
    """Return the way back to the list of documents."""
    return Link(_("Documents"), reverse("exchange:documents"))


class DocumentList(UserPassesTestMixin, ListPage):
    """Documents of the reader's area, and what organizations above hand down."""

    model = Document
    table_class = DocumentTable
    filterset_class = DocumentFilter
    title = _("Documents")
    empty_text = _(
        "No document yet. Enter the rules, decisions and papers of your organization:"
        " they can then be published and named as the basis of records."
    )

    def test_func(self) -> bool:
        return permissions.can_see_documents(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        if self.request.GET.get("which") != "past":
            rows = rows.not_over()
        return rows.order_by("-starts_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [
            Link(_("Powers passed down"), reverse("exchange:powers")),
            Link(_("Publications"), reverse("exchange:publications")),
        ]
        if permissions.can_enter_documents(self.request.user):
            enter = reverse("exchange:enter_document")
            page_actions.append(Link(ENTER, enter, "plus-lg", primary=True))
        return super().get_context_data(page_actions=page_actions, **kwargs)


class DocumentDetail(PermittedObjectMixin[Document], TemplateView):
    """One document: what it is, its text and file, its versions, where it is shown."""

    model = Document
    template_name = "exchange/document.html"

    def get_rows(self) -> Any:
        rows = Document.all_objects.visible_to(self.request.user)
        return rows.select_related("organization", "file", "replaces", "replaced_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document, user = self.get_object(), self.request.user
        shown = document.publications.visible_to(user)
        return super().get_context_data(
            title=document.title,
            document=document,
            voided=document if document.voided_at else None,
            records=records_behind(document, user),
            publications=shown.select_related("organization"),
            breadcrumbs=[documents_breadcrumb(), Link(document.title)],
            page_actions=page_actions_for(document, user),
            sections=[Section("", detail_rows_of(document))],
            page_sections=sections_for(document, user),
            **kwargs,
        )


def page_actions_for(document: Document, user: Any) -> list[Link]:
    """Return links to what can be done now with a document."""
    links: list[tuple[Any, str, str]] = []
    if document.file_id is not None:
        links.append((_("Download the file"), "document_file", "download"))
    if permissions.can_keep_document(user, document):
        links.append((_("Change"), "change_document", "pencil"))
        if not hasattr(document, "replaced_by"):
            links.append((_("Enter a new version"), "replace_document", ""))
        links.append((_("Void …"), "void_document", ""))
    found = [
        Link(label, reverse(f"exchange:{name}", args=[document.pk]), icon)
        for label, name, icon in links
    ]
    if permissions.can_enter_documents(user) and document.is_in_force:
        draft = f"{reverse('exchange:draft_publication')}?document={document.pk}"
        found.append(Link(_("Publish …"), draft))
    return found


def detail_rows_of(document: Document) -> list[DetailRow]:
    """Return the details of a document."""
    rows = [
        DetailRow(_("Kind of document"), kind_in_words(document.kind)),
        DetailRow(_("Document number"), document.number or "—"),
        DetailRow(_("Issuing body"), document.issuer or document.organization.name),
        DetailRow(_("Issued on"), document.issued_on),
        DetailRow(_("In force from"), document.starts_on),
        DetailRow(_("In force until (last day)"), document.last_day),
        DetailRow(_("Keeping organization"), document.organization),
    ]
    if document.handed_down:
        rows.append(DetailRow(_("Read by"), _("organizations below as well")))
    if document.file is not None:
        rows.append(DetailRow(_("File"), document.file.original_name))
    if document.replaces is not None:
        former = document.replaces
        label = _("Former version")
        rows.append(DetailRow(label, former, former.get_absolute_url()))
    if later := getattr(document, "replaced_by", None):
        rows.append(DetailRow(_("Later version"), later, later.get_absolute_url()))
    return rows


class DocumentFile(PermittedObjectMixin[Document]):
    """Download of a document's file: asked for each time, and recorded."""

    model = Document

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file, if there is one."""
        document = self.get_object()
        if document.file is None:
            raise Http404
        return serve_file(document.file, request)


class EnterDocument(UserPassesTestMixin, ActionFormView):
    """A keeper enters a document of one of their organizations."""

    form_class = DocumentForm
    title = ENTER
    submit_label = _("Enter")
    success_message = _("The document was entered.")

    def test_func(self) -> bool:
        return permissions.can_enter_documents(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = Organization.objects.in_scope_of(self.request.user, MEETING_KEEPERS)
        return {**super().get_form_kwargs(), "organizations": own.open()}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        known = {n: asked[n] for n in ("organization", "kind", "title") if n in asked}
        return {**super().get_initial(), **known}

    def run_action(self, form: DocumentForm) -> str:
        document = actions.enter_document(by=self.request.user, **form.action_values())
        return document.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("exchange:documents")
        crumbs = [documents_breadcrumb(), Link(ENTER)]
        return super().get_context_data(cancel_url=back, breadcrumbs=crumbs, **kwargs)


class ChangeDocument(ChangeView[Document]):
    """A keeper corrects a document."""

    model = Document
    action = staticmethod(actions.change_document)
    form_class = DocumentForm
    title = _("Change the document")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "last_day": self.row.last_day}

    def has_permission(self, obj: Document) -> bool:
        return permissions.can_keep_document(self.request.user, obj)


class ReplaceDocument(RowFormView[Document]):
    """A keeper enters a new version, which begins as a copy of the former one."""

    model = Document
    form_class = DocumentForm
    title = _("Enter a new version")
    submit_label = _("Enter")
    success_message = _("The new version was entered.")

    def has_permission(self, obj: Document) -> bool:
        return permissions.can_keep_document(self.request.user, obj)

    def get_initial(self) -> dict[str, Any]:
        columns = ("kind", "title", "number", "issuer", "text", "handed_down")
        return {name: getattr(self.row, name) for name in columns}

    def run_action(self, form: DocumentForm) -> str:
        values = form.action_values()
        newer = actions.replace_document(self.row, by=self.request.user, **values)
        return newer.get_absolute_url()


class VoidDocument(ReasonView[Document]):
    """A keeper voids a document entered by mistake."""

    model = Document
    action = staticmethod(actions.void_document)
    title = _("Void the document")
    submit_label = _("Void the document")
    success_message = _("The document was voided.")
    consequence = _(
        "It stays on record with the reason, and is on no list any more. This is for a"
        " mistake: a document out of force gets a last day or a new version instead."
    )

    def has_permission(self, obj: Document) -> bool:
        return permissions.can_keep_document(self.request.user, obj)
