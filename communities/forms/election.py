"""Forms of elections: the call, who stands, the count and the approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from communities.enums import Eligibility
from communities.forms.seat import TakeSeatForm
from communities.models import Candidate, Election, SeatKind
from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows

MOST = 99999
CASTS = ("for", "against", "abstain")


class CallForm(KeyedForm):
    """The day of an election, and how many seats it fills."""

    held_on = DayField(label=_("Day of the election"), initial=today)
    seats = forms.IntegerField(label=_("Seats to fill"), min_value=1, max_value=300)


class NominationForm(TakeSeatForm):
    """Who stands, found by name like somebody who takes a seat, and for what."""

    kind = forms.ModelChoiceField(
        label=_("Stands for"), queryset=SeatKind.objects.none()
    )
    field_order = ["name", "which", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            *("unit", "starts_on", "channel", "basis"),
            *("is_full_time", "is_long_term", "is_actual_lead"),
        ):
            self.fields.pop(name, None)
        self.fields["name"].required = True
        kinds = self.body.kind.seat_kinds.order_by("position", "pk")
        offer_rows(self, "kind", kinds, preset=True)


class CountForm(KeyedForm):
    """How many voted, and the votes for and against each candidate."""

    voters = forms.IntegerField(label=_("Voters"), min_value=1, max_value=MOST)
    left_out = forms.IntegerField(
        label=_("Not counted among the voters"),
        min_value=0,
        max_value=MOST,
        initial=0,
        help_text=_(
            "The bedridden and those not transferred yet, where the superior and the"
            " meeting agree."
        ),
    )
    left_out_reason = forms.CharField(
        label=_("Why they are not counted"), max_length=200, required=False
    )
    present = forms.IntegerField(label=_("Voters present"), min_value=0, max_value=MOST)
    valid_ballots = forms.IntegerField(
        label=_("Valid ballots"), min_value=0, max_value=MOST
    )

    def __init__(
        self,
        *args: Any,
        election: Election,
        candidates: list[Candidate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        if election.body.kind.open_to == Eligibility.MEMBERS:
            del self.fields["voters"]
        labels = (
            pgettext("votes", "for"),
            pgettext("votes", "against"),
            pgettext("votes", "abstentions"),
        )
        for candidate in candidates:
            for cast, label in zip(CASTS, labels, strict=True):
                self.fields[f"{cast}_{candidate.pk}"] = forms.IntegerField(
                    label=gettext("%(name)s: %(votes)s")
                    % {"name": candidate.name, "votes": label},
                    min_value=0,
                    max_value=MOST,
                )

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        votes = {
            one.pk: tuple(values.pop(f"{cast}_{one.pk}") for cast in CASTS)
            for one in self.candidates
        }
        return {**values, "votes": votes}


class ApprovalForm(KeyedForm):
    """By whom, when and in which paper a result was approved."""

    approved_by = forms.CharField(label=_("Approved by"), max_length=60)
    approved_on = DayField(label=_("Approved on"), past=True, initial=today)
    approval_number = NumberTextFormField(
        label=_("Number of the approval"), max_length=60, required=False
    )
