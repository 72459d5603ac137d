"""The form of a round of checking in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.db.fields import NumberTextFormField
from core.web.forms import TermForm, offer_rows
from exchange.models import Document
from organizations.models import Organization


class RoundForm(TermForm):
    """What the round is called, on which document it rests, when, what is expected."""

    title = forms.CharField(
        label=pgettext_lazy("round", "Name of the round"), max_length=60
    )
    document = forms.ModelChoiceField(
        label=_("Document it rests on"),
        queryset=Document.objects.none(),
        required=False,
        help_text=_("From the documents on record; else write it below."),
    )
    basis = NumberTextFormField(
        label=_("Or its title and number"), max_length=180, required=False
    )
    expected = forms.CharField(
        label=pgettext_lazy("round", "What is expected"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: check in by April, pledge one thing, serve twice."),
    )

    field_order: tuple[str, ...] = (
        *("title", "document", "basis", "starts_on", "last_day", "expected"),
    )

    def __init__(
        self, *args: Any, documents: QuerySet[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined] # a choice of rows

    def clean(self) -> dict[str, Any] | None:
        """Ask for the document, chosen or written."""
        values = super().clean() or {}
        named = values.get("document") or values.get("basis")
        if not named and not {"document", "basis"} & {*self.errors}:
            self.add_error("basis", _("Choose the document, or write it here."))
        return values


class OpenRoundForm(RoundForm):
    """The same for a new round, and in which of the reader's streets it is."""

    organization = forms.ModelChoiceField(
        label=_("Street"), queryset=Organization.objects.none()
    )
    field_order = ("organization", *RoundForm.field_order)

    def __init__(
        self, *args: Any, streets: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", streets, preset=True)
