"""Forms of bodies, their terms and kinds."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.enums import BodyGroup, ElectionQuorum, Eligibility, Filling
from communities.models import Body, SeatHolding, TermOfOffice
from communities.models.body import BodyKind, SeatKind
from communities.querysets import SeatHoldingQuerySet
from core.dates import format_day
from core.db.fields import NumberTextFormField
from core.months import today
from core.text import StrOrPromise
from core.web.forms import (
    AskedOnce,
    DayField,
    KeyedForm,
    TermForm,
    VersionedForm,
    offer_rows,
)
from organizations.models import Organization

ENDS_THESE = _(
    "With the new term these people leave their seats on %(day)s: %(names)s. Whoever"
    " was elected again is entered anew."
)
KEEPS_THESE = _(
    "These people took their seats on %(day)s or later and belong to the new term:"
    " %(names)s."
)
RUNS_UNTIL = _(
    "The term runs until %(last)s now, and can be extended until %(most)s at most."
)
BASIS = _("Title and number of the document behind it, if there is one.")


class NewBodyForm(KeyedForm):
    """Which body an organization sets up, and since when."""

    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    kind = forms.ModelChoiceField(
        label=_("Kind of body"), queryset=BodyKind.objects.none()
    )
    name = forms.CharField(
        label=_("Name of the body"),
        max_length=60,
        required=False,
        help_text=_("Left empty, it is called like its kind."),
    )
    starts_on = DayField(label=_("Set up on"), initial=today)
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False, help_text=BASIS
    )

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        kinds: QuerySet[BodyKind],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)
        offer_rows(self, "kind", kinds)


class BodyForm(VersionedForm):
    """The name of a body, its first day and the document behind it."""

    name = forms.CharField(label=_("Name of the body"), max_length=60)
    starts_on = DayField(label=_("Set up on"))
    basis = forms.CharField(
        label=_("Document behind it"), max_length=120, required=False, help_text=BASIS
    )


class NewTermForm(AskedOnce, TermForm):
    """A term that begins: by what, until when, on which document, approved by whom."""

    number = forms.IntegerField(label=_("Term number"), min_value=1, max_value=99)
    starts_on = DayField(label=_("Begun on"), initial=today)
    last_day = DayField(
        label=_("Until (last day)"),
        required=False,
        help_text=_("Left empty, it is as long as terms of this kind are."),
    )
    begun_by = forms.ChoiceField(label=_("Begun by"), choices=Filling.choices)
    basis = forms.CharField(
        label=_("Title of the document"), max_length=120, required=False
    )
    basis_number = NumberTextFormField(
        label=_("Number of the document"), max_length=60, required=False
    )
    approved_by = forms.CharField(label=_("Approved by"), max_length=60, required=False)
    approved_on = DayField(label=_("Approved on"), past=True, required=False)
    field_order = ["number", "starts_on", "last_day", "begun_by"]

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    @property
    def holdings(self) -> SeatHoldingQuerySet:
        """Who holds a seat of the body without an end."""
        rows = SeatHolding.objects.open_ended().filter(seat__body=self.body)
        found: SeatHoldingQuerySet = rows.with_holders()
        return found

    @property
    def carries_over(self) -> bool:
        """Whether somebody keeps their seat, having taken it in the new term."""
        first = self.cleaned_data["starts_on"]
        return bool(self.holdings.filter(starts_on__gte=first).exists())

    def questions(self) -> Iterator[StrOrPromise]:
        """Ask whether everybody who sits in the last term is to leave."""
        first = self.cleaned_data["starts_on"]
        leaving = self.holdings.filter(starts_on__lt=first)
        if self.body.terms.exists() and leaving:
            words = {"day": format_day(first), "names": list_names(leaving)}
            yield ENDS_THESE % words
            if staying := self.holdings.filter(starts_on__gte=first):
                yield KEEPS_THESE % {**words, "names": list_names(staying)}


def list_names(rows: SeatHoldingQuerySet) -> str:
    """Return seats and the names of who holds them, as a question lists them."""
    ordered = rows.order_by("seat__kind__position", "seat__number")
    return "、".join(f"{row.seat.kind.name}{row.holder_name}" for row in ordered)


class ExtensionForm(KeyedForm):
    """The new last day of a term, and the approval of it (R-05)."""

    last_day = DayField(label=_("Extended until (last day)"))
    extension_basis = forms.CharField(
        label=_("Document of the extension"), max_length=120
    )
    extension_approved_on = DayField(label=_("Extension approved on"), past=True)

    def __init__(self, *args: Any, term: TermOfOffice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last, most = term.last_day, term.extended_until
        if last is not None and most is not None:
            words = {"last": format_day(last), "most": format_day(most)}
            self.fields["last_day"].help_text = RUNS_UNTIL % words


class BodyKindForm(TermForm):
    """A kind of body: how it is filled, for how long, and who may be in it."""

    name = forms.CharField(label=_("Name of the kind"), max_length=40)
    group = forms.ChoiceField(label=_("Listed under"), choices=BodyGroup.choices)
    filled_by = forms.ChoiceField(label=_("Filled by"), choices=Filling.choices)
    term_years = forms.IntegerField(
        label=_("Years of a term"),
        min_value=1,
        max_value=10,
        required=False,
        help_text=_("Left empty, bodies of this kind have no terms."),
    )
    quorum_percent = forms.IntegerField(
        label=_("Votes that must be there, more than (percent)"),
        min_value=1,
        max_value=99,
        required=False,
    )
    election_quorum = forms.ChoiceField(
        label=_("Voters that an election needs"), choices=ElectionQuorum.choices
    )
    is_approved_above = forms.BooleanField(
        label=_("Its election is approved by the superior"), required=False
    )
    open_to = forms.ChoiceField(
        label=_("Who may be in it"), choices=Eligibility.choices
    )
    basis = forms.CharField(label=_("Rule behind it"), max_length=120, required=False)
    starts_on = DayField(label=_("From"), initial=today)
    last_day = DayField(label=_("Until (last day)"), required=False)
    field_order = ["code", "name", "group", "filled_by"]


class NewBodyKindForm(BodyKindForm):
    """A new kind of body and its code."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Small letters, digits and dashes; it stays as it is."),
    )


class SeatKindForm(VersionedForm):
    """A kind of seat: how many there are at the start, and how many at most."""

    name = forms.CharField(label=_("Seat"), max_length=40)
    position = forms.IntegerField(
        label=_("Order on the roster"), min_value=1, max_value=99, initial=1
    )
    seats = forms.IntegerField(
        label=_("Seats at the start"), min_value=0, max_value=300, initial=1
    )
    most_seats = forms.IntegerField(
        label=_("Seats at most"), min_value=0, max_value=300, required=False
    )
    leads = forms.BooleanField(label=_("Leads the body"), required=False)
    by_committee = forms.BooleanField(
        label=_("Elected by the committee from among itself"),
        required=False,
        help_text=_("At its first meeting, after the voters have elected it."),
    )


class OpenSeatForm(KeyedForm):
    """Of which kind one more seat is opened, and from when."""

    kind = forms.ModelChoiceField(label=_("Seat"), queryset=SeatKind.objects.none())
    on = DayField(label=_("Set up on"), initial=today)

    def __init__(self, *args: Any, kinds: QuerySet[SeatKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "kind", kinds, preset=True)
