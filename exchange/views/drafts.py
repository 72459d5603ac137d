"""Drafts of publications: written, changed, approved by another, withdrawn (R-72)."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.components import Link, Section
from core.web.views import (
    ActionFormView,
    ChangeView,
    PermittedObjectMixin,
    QuestionView,
    ReasonView,
    RowFormView,
)
from exchange import actions, permissions
from exchange.forms import ApprovalForm, PublicationForm
from exchange.models import Document, Publication
from exchange.views.publications import (
    DRAFT,
    detail_rows_of,
    publications_breadcrumb,
    shown_words,
)
from organizations.models import Organization
from organizations.roles import MEETING_KEEPERS


class DraftPublication(UserPassesTestMixin, ActionFormView):
    """A keeper drafts a publication of one of their organizations."""

    form_class = PublicationForm
    title = DRAFT
    submit_label = _("Save the draft")
    success_message = _("The draft was saved. It is shown once somebody approved it.")

    def test_func(self) -> bool:
        return permissions.can_enter_documents(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        own = Organization.objects.in_scope_of(user, MEETING_KEEPERS).open()
        documents = Document.objects.visible_to(user).not_over()
        return {
            **super().get_form_kwargs(),
            "organizations": own,
            "documents": documents.select_related("organization"),
        }

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), **self.initial_from_document()}

    def initial_from_document(self) -> dict[str, Any]:
        """Return the words of the document that is to be published."""
        chosen = self.request.GET.get("document", "")
        rows = Document.objects.visible_to(self.request.user)
        document = rows.filter(pk=chosen).first() if chosen.isdecimal() else None
        if document is None:
            return {}
        return {
            "document": document.pk,
            "organization": document.organization_id,
            "title": document.title[:80],
            "text": document.text[:10_000],
            "kind": "rule" if document.kind == "rule" else "notice",
            "on_wall": document.kind == "rule",
        }

    def run_action(self, form: PublicationForm) -> str:
        draft = actions.draft_publication(by=self.request.user, **form.action_values())
        return draft.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse("exchange:publications")
        crumbs = [publications_breadcrumb(), Link(DRAFT)]
        return super().get_context_data(cancel_url=back, breadcrumbs=crumbs, **kwargs)


class KeptPublicationMixin(PermittedObjectMixin[Publication]):
    """A form over a publication for those who keep it."""

    model = Publication

    def has_permission(self, obj: Publication) -> bool:
        return permissions.can_keep_publication(self.request.user, obj)


class DraftFormMixin:
    """Offers the documents that the reader may name, the one named before included."""

    request: Any
    row: Publication

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Document.objects.visible_to(self.request.user).not_over()
        named = Document.objects.filter(pk=self.row.document_id)
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc] # a form view's
        return {**kwargs, "documents": rows | named}


class ChangeDraft(KeptPublicationMixin, DraftFormMixin, ChangeView[Publication]):
    """A keeper changes a draft."""

    action = staticmethod(actions.change_draft)
    form_class = PublicationForm
    title = _("Change the draft")

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "last_day": self.row.last_day}


class ReplacePublication(
    KeptPublicationMixin, DraftFormMixin, RowFormView[Publication]
):
    """A keeper drafts what takes the place of a publication once it is approved."""

    form_class = PublicationForm
    title = _("Draft what replaces it")
    submit_label = _("Save the draft")
    success_message = _("The draft was saved. It is shown once somebody approved it.")

    def get_initial(self) -> dict[str, Any]:
        columns = ("kind", "title", "text", "document", "audience", "on_wall")
        return {name: getattr(self.row, name) for name in columns}

    def run_action(self, form: PublicationForm) -> str:
        draft = actions.draft_publication(
            self.row.organization,
            by=self.request.user,
            replaces=self.row,
            **form.action_values(),
        )
        return draft.get_absolute_url()


class ApprovePublication(QuestionView[Publication]):
    """Somebody else than the drafter reads a draft, and lets it out."""

    model = Publication
    action = staticmethod(actions.approve_publication)
    form_class: Any = ApprovalForm
    template_name = "exchange/approve_publication.html"
    title = _("Approve the publication")
    submit_label = _("Approve")
    success_message = _("The publication was approved.")
    danger = False

    read_with = ("document", "replaces")

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("document", "replaces", "organization")

    def has_permission(self, obj: Publication) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def shown_texts(self, row: Publication) -> list[str]:
        """Return what strangers will read, which also depends on whom it names."""
        return [*actions.public_words(row).values()]

    def run_action(self, form: ApprovalForm) -> str:
        actions.approve_publication(self.row, by=self.request.user)
        return self.row.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = Section("", detail_rows_of(self.row, self.request.user))
        extra = {
            "publication": self.row,
            "section": facts,
            **shown_words(self.row),
        }
        return super().get_context_data(**extra, **kwargs)


class WithdrawPublication(KeptPublicationMixin, ReasonView[Publication]):
    """A keeper takes back a draft or what is shown."""

    action = staticmethod(actions.withdraw_publication)
    title = _("Withdraw the publication")
    submit_label = _("Withdraw")
    success_message = _("The publication was withdrawn.")
    consequence = _(
        "It is shown nowhere any more, and stays on record with the reason."
    )
