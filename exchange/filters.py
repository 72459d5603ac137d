"""Filters above lists of imports, documents and publications."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from exchange.enums import BatchState, PublicationKind
from exchange.models import Document, ImportBatch, Publication
from exchange.querysets import DocumentQuerySet, PublicationQuerySet
from organizations.models import Organization
from organizations.queries import code_choices


class BatchFilter(django_filters.FilterSet):
    """Imports by state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=BatchState.choices)

    class Meta:
        model = ImportBatch
        fields = ["state"]


def visible_organizations(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter."""
    return Organization.objects.visible_to(request.user).open()


class DocumentFilter(django_filters.FilterSet):
    """Documents by title, kind and place, and whether they are in force."""

    title = django_filters.CharFilter(
        label=_("Title or number"), method="of_title_or_number"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind of document"), choices=lambda: code_choices("document_kinds")
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Keeping organization"), queryset=visible_organizations
    )
    which = django_filters.ChoiceFilter(
        label=_("Which"), method="keep", choices=[("past", _("Former versions too"))]
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def of_title_or_number(
        self, documents: DocumentQuerySet, _name: str, text: str
    ) -> DocumentQuerySet:
        """Documents whose title or number contains the text."""
        return documents.filter(Q(title__contains=text) | Q(number__contains=text))

    def keep(
        self, documents: DocumentQuerySet, _name: str, _which: object
    ) -> DocumentQuerySet:
        """Leave the rows alone: the page itself leaves former versions out."""
        return documents


class PowerFilter(DocumentFilter):
    """Powers passed down, by the same; their kind is one."""

    kind = None


class PublicationFilter(django_filters.FilterSet):
    """Publications by title, by what they are, by place, and by how far they are."""

    title = django_filters.CharFilter(label=_("Title"), lookup_expr="contains")
    kind = django_filters.ChoiceFilter(
        label=_("What it is"), choices=PublicationKind.choices
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Publisher"), queryset=visible_organizations
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="in_state",
        choices=[("waiting", _("Waiting for approval")), ("shown", _("Shown"))],
    )

    class Meta:
        model = Publication
        fields: list[str] = []

    def in_state(
        self, rows: PublicationQuerySet, _name: str, state: str
    ) -> PublicationQuerySet:
        """Drafts, or what is shown today."""
        return rows.awaiting_approval() if state == "waiting" else rows.shown()
