"""Forms of documents and publications."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import DayField, KeyedForm, TermForm, offer_rows
from exchange.audiences import PUBLIC, audiences
from exchange.enums import PublicationKind
from exchange.models import Document
from organizations.models import Organization
from organizations.queries import code_choices

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class DocumentForm(TermForm):
    """What a document is, since when it is in force, and its text or file."""

    organization = forms.ModelChoiceField(
        label=_("Keeping organization"), queryset=Organization.objects.none()
    )
    kind = forms.ChoiceField(label=_("Kind of document"))
    title = forms.CharField(label=_("Document title"), max_length=120)
    number = NumberTextFormField(
        label=_("Document number"), max_length=60, required=False
    )
    issuer = forms.CharField(
        label=_("Issuing body"),
        max_length=80,
        required=False,
        help_text=_("Left empty, the organization that keeps it."),
    )
    issued_on = DayField(label=_("Issued on"), past=True, required=False)
    starts_on = DayField(label=_("In force from"), initial=today)
    last_day = DayField(label=_("In force until (last day)"), required=False)
    text = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    upload = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "PDF, Word (.docx), Excel (.xlsx), JPEG or PNG. It is kept encrypted, and"
            " everybody who downloads it is recorded. Text or title alone will do."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    handed_down = forms.BooleanField(
        label=_("Organizations below may read it"), required=False
    )
    field_order = ["organization", "kind", "title", "number", "issuer", "issued_on"]

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = code_choices("document_kinds")  # type: ignore[attr-defined] # a ChoiceField
        if organizations is None:
            del self.fields["organization"]
        else:
            offer_rows(self, "organization", organizations, preset=True)


class PublicationForm(TermForm):
    """What is published, for whom, from when to when."""

    organization = forms.ModelChoiceField(
        label=_("Publisher"), queryset=Organization.objects.none()
    )
    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=PublicationKind.choices,
        initial=PublicationKind.NOTICE,
    )
    title = forms.CharField(label=_("Title of the publication"), max_length=80)
    text = forms.CharField(
        label=_("Text"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "For everybody, names of members and all numbers of people are masked."
        ),
    )
    document = forms.ModelChoiceField(
        label=_("Document behind it"), queryset=Document.objects.none(), required=False
    )
    audience = forms.ChoiceField(label=_("For"), initial=PUBLIC)
    on_wall = forms.BooleanField(
        label=_("On the printed page for the wall as well"), required=False
    )
    starts_on = DayField(label=_("Shown from"), initial=today)
    last_day = DayField(
        label=_("Until (last day)"),
        required=False,
        help_text=_("Left empty, it is shown until it is replaced or withdrawn."),
    )
    field_order = ["organization", "kind", "title", "text", "document", "audience"]

    def __init__(
        self,
        *args: Any,
        documents: QuerySet[Document],
        organizations: QuerySet[Organization] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [(a.key, a.label) for a in audiences]  # type: ignore[attr-defined] # a ChoiceField
        offer_rows(self, "document", documents)
        if organizations is None:
            del self.fields["organization"]
        else:
            offer_rows(self, "organization", organizations, preset=True)


class ApprovalForm(KeyedForm):
    """The tick without which nothing is published (R-72)."""

    checked = forms.BooleanField(
        label=_("I have read it: nothing in it is secret or about a private person"),
    )


class ChooseDocumentForm(KeyedForm):
    """The document behind a record, among those that the reader may see."""

    document = forms.ModelChoiceField(
        label=_("Document"),
        queryset=Document.objects.none(),
        help_text=_("It is not there? Enter it under “Documents” first."),
    )

    def __init__(
        self, *args: Any, documents: QuerySet[Document], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "document", documents, preset=True)
