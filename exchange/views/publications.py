"""Pages of publications: the list, and one of them with what strangers read."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin
from exchange import actions, permissions
from exchange.audiences import PUBLIC
from exchange.enums import PublicationState
from exchange.filters import PublicationFilter
from exchange.models import Document, Publication
from exchange.tables import PublicationTable

DRAFT = _("Draft a publication")
YES, NO = pgettext_lazy("answer", "yes"), pgettext_lazy("answer", "no")
ENDED = (PublicationState.OVER, PublicationState.WITHDRAWN)


def publications_breadcrumb() -> Link:
    """Return the way back to the list of publications."""
    return Link(_("Publications"), reverse("exchange:publications"))


class PublicationList(UserPassesTestMixin, ListPage):
    """Publications of the reader's area, drafts included."""

    model = Publication
    table_class = PublicationTable
    filterset_class = PublicationFilter
    title = _("Publications")
    empty_text = _(
        "Nothing was published yet. Draft a rule, a notice or a disclosure: once"
        " somebody else has approved it, it is shown to whom it is for."
    )

    def test_func(self) -> bool:
        return permissions.can_see_documents(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("organization")
        return rows.order_by("-starts_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [Link(_("Documents"), reverse("exchange:documents"))]
        if permissions.can_enter_documents(self.request.user):
            draft = reverse("exchange:draft_publication")
            page_actions.append(Link(DRAFT, draft, "plus-lg", primary=True))
        return super().get_context_data(page_actions=page_actions, **kwargs)


class PublicationDetail(PermittedObjectMixin[Publication], TemplateView):
    """One publication: its text, what strangers read of it, and who let it out."""

    model = Publication
    template_name = "exchange/publication.html"

    def get_rows(self) -> Any:
        return (
            super()
            .get_rows()
            .select_related(
                *("organization", "document", "drafted_by", "approved_by"),
                *("replaces", "replaced_by"),
            )
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        publication, user = self.get_object(), self.request.user
        return super().get_context_data(
            title=publication.title,
            publication=publication,
            **shown_words(publication),
            breadcrumbs=[publications_breadcrumb(), Link(publication.title)],
            page_actions=page_actions_for(publication, user),
            sections=[Section("", detail_rows_of(publication, user))],
            **kwargs,
        )


def words_for_strangers(publication: Publication) -> dict[str, str]:
    """Return what was stored at the approval, or would be stored now."""
    if publication.approved_at is None:
        return actions.public_words(publication)
    return {
        "public_title": publication.public_title,
        "public_text": publication.public_text,
        "public_basis": publication.public_basis,
    }


def shown_words(publication: Publication) -> dict[str, Any]:
    """Return the context of the template that shows what strangers read."""
    words = words_for_strangers(publication)
    basis = str(publication.document) if publication.document_id else ""
    written = (publication.title, publication.text, basis)
    return {**words, "is_masked": tuple(words.values()) != written}


def page_actions_for(publication: Publication, user: Any) -> list[Link]:
    """Return links to what can be done now with a publication."""
    names = [*steps_for(publication, user)]
    steps = [
        Link(label, reverse(f"exchange:{name}", args=[publication.pk]), icon)
        for label, name, icon in names
    ]
    return [*steps, *shown_at(publication)]


def steps_for(publication: Publication, user: Any) -> Iterator[tuple[Any, str, str]]:
    """Yield label, address and icon of what the reader may do next."""
    state = publication.state
    is_draft = state == PublicationState.DRAFT
    if is_draft and permissions.can_approve(user, publication):
        yield _("Approve …"), "approve_publication", "check-circle"
    if state in ENDED or not permissions.can_keep_publication(user, publication):
        return
    if is_draft:
        yield _("Change"), "change_draft", "pencil"
    elif not hasattr(publication, "replaced_by"):
        yield _("Draft what replaces it"), "replace_publication", ""
    yield _("Withdraw …"), "withdraw_publication", ""


def shown_at(publication: Publication) -> Iterator[Link]:
    """Yield links to where the publication is shown today."""
    code = publication.organization.code
    if publication.state != PublicationState.SHOWN:
        return
    if publication.audience == PUBLIC:
        yield Link(_("Public page"), reverse("exchange:public_page", args=[code]))
    if publication.on_wall:
        yield Link(_("Print for the wall"), reverse("exchange:wall", args=[code]))


def detail_rows_of(publication: Publication, user: Any) -> list[DetailRow]:
    """Return the details of a publication."""
    rows = [
        DetailRow(_("What it is"), publication.get_kind_display()),
        DetailRow(_("State"), publication.state.label),
        DetailRow(_("Publisher"), publication.organization),
        DetailRow(_("For"), publication.audience_label),
        DetailRow(_("On the wall"), YES if publication.on_wall else NO),
        DetailRow(_("Shown from"), publication.starts_on),
        DetailRow(_("Until (last day)"), publication.last_day),
        DetailRow(_("Drafted by"), publication.drafted_by),
        DetailRow(_("Approved by"), publication.approved_by),
        DetailRow(_("Approved at"), publication.approved_at),
    ]
    if document := publication.document:
        seen = Document.objects.visible_to(user).filter(pk=document.pk).exists()
        url = document.get_absolute_url() if seen else ""
        rows.append(DetailRow(_("Document behind it"), document, url))
    if publication.replaces is not None:
        former = publication.replaces
        rows.append(
            DetailRow(_("Takes the place of"), former, former.get_absolute_url())
        )
    if later := getattr(publication, "replaced_by", None):
        rows.append(DetailRow(_("Replaced by"), later, later.get_absolute_url()))
    if publication.withdrawn_at is not None:
        rows.append(DetailRow(_("Why withdrawn"), publication.withdrawal_reason))
    return rows
