"""Name documents as the basis of a record, and take them away again."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from core.web.views import ReasonView, RowFormView
from exchange.actions import link_document, void_link
from exchange.document_links import DocumentTarget, document_targets
from exchange.forms import ChooseDocumentForm
from exchange.models import Document


def find_target(key: str) -> DocumentTarget:
    """Return the kind of record that the address names, or 404."""
    if key not in document_targets:
        raise Http404
    return document_targets.get(key)


class LinkDocument(RowFormView[Any]):
    """A keeper of a record chooses the document behind it."""

    form_class = ChooseDocumentForm
    title = _("Name a document")
    submit_label = _("Name it")
    success_message = _("The document was named.")
    target: DocumentTarget

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.target = find_target(kwargs["key"])
        self.model = self.target.model

    def has_permission(self, obj: Any) -> bool:
        return self.target.may_link(self.request.user, obj)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Document.objects.visible_to(self.request.user).not_over()
        named = self.target.link.objects.filter(record=self.row.pk)
        rows = rows.exclude(pk__in=named.values("document"))
        return {**super().get_form_kwargs(), "documents": rows}

    def run_action(self, form: ChooseDocumentForm) -> None:
        link_document(
            form.cleaned_data["document"],
            self.row,
            target=self.target,
            by=self.request.user,
        )


class VoidDocumentLink(ReasonView[Any]):
    """A keeper of a record takes a document away that was named by mistake."""

    read_with = ("document", "record")
    action = staticmethod(void_link)
    title = _("Take the document away")
    submit_label = _("Take it away")
    success_message = _("The document was taken away.")
    consequence = _("The document itself stays; the record no longer names it.")
    target: DocumentTarget

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.target = find_target(kwargs["key"])
        self.model = self.target.link

    def get_rows(self) -> Any:
        return super().get_rows().select_related("record", "document")

    def has_permission(self, obj: Any) -> bool:
        return self.target.may_link(self.request.user, obj.record)

    def get_success_url(self) -> str:
        return str(self.row.record.get_absolute_url())

    def get_cancel_url(self) -> str:
        return self.get_success_url()
