"""Forms of elections: the call, who stands, the count and the approval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from communities.enums import BallotKind, Eligibility
from communities.forms.seat import TakeSeatForm
from communities.models import Ballot, Candidate, Election, ElectionPost, SeatKind
from core.db.fields import NumberTextFormField
from core.months import today
from core.text import StrOrPromise
from core.web.forms import (
    DayField,
    KeyedForm,
    PersonChoiceField,
    VersionedForm,
    offer_rows,
)
from organizations.queries import code_items

MOST = 99999
CASTS = ("for", "against", "abstain")
LABELS = {
    "for": pgettext_lazy("votes", "for"),
    "against": pgettext_lazy("votes", "against"),
    "abstain": pgettext_lazy("votes", "abstentions"),
}
SEAT = "seats_"
OF_THESE = _("Among the seats above: the committee elects from among itself.")
INCLUDING = _("All seats of the committee, with those of its secretary and deputies.")


class CallForm(KeyedForm):
    """The day of an election, and how many seats of each kind it fills."""

    held_on = DayField(label=_("Day of the election"), initial=today)

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[SeatKind, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = [kind for kind, _seats in kinds]
        has_officers = any(kind.by_committee for kind in self.kinds)
        for kind, seats in kinds:
            text = OF_THESE if kind.by_committee else INCLUDING if has_officers else ""
            self.fields[f"{SEAT}{kind.pk}"] = forms.IntegerField(
                label=gettext("Seats to fill: %(seat)s") % {"seat": kind.name},
                min_value=0,
                max_value=300,
                initial=seats,
                help_text=text,
            )

    def action_values(self) -> dict[str, Any]:
        values = super().action_values()
        seats = {kind: values.pop(f"{SEAT}{kind.pk}") for kind in self.kinds}
        return {**values, "seats": seats}


def traits_field() -> forms.MultipleChoiceField:
    """Return the field for what kind of person somebody is who stands."""
    return forms.MultipleChoiceField(
        label=_("Traits"),
        choices=lambda: code_items("candidate_traits"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What kind of person it is; several may hold, or none."),
    )


class TraitsForm(KeyedForm):
    """What kind of person somebody is who stands."""

    traits = traits_field()


class NominationForm(TakeSeatForm):
    """Who stands, found by name like somebody who takes a seat, and for what."""

    kind = forms.ModelChoiceField(
        label=_("Stands for"), queryset=SeatKind.objects.none()
    )
    traits = traits_field()
    field_order = ["name", "which", "unit", "kind", "traits"]

    def __init__(
        self, *args: Any, posts: Iterable[ElectionPost], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in (
            *("starts_on", "channel", "recruited_from", "basis"),
            *("is_full_time", "is_long_term", "is_actual_lead", "works_since"),
        ):
            self.fields.pop(name, None)
        self.fields["name"].required = True
        keys = [post.kind_id for post in posts]
        kinds = self.body.kind.seat_kinds.filter(pk__in=keys)
        offer_rows(self, "kind", kinds.order_by("position", "pk"), preset=True)


class OfficerForm(KeyedForm):
    """Whom of its own people the committee may elect, and into which office."""

    person = PersonChoiceField(label=_("Name"), queryset=Candidate.objects.none())
    kind = forms.ModelChoiceField(
        label=_("Stands for"), queryset=SeatKind.objects.none()
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[Candidate],
        posts: Iterable[ElectionPost],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        rows = Candidate.objects.filter(pk__in=[one.pk for one in people])
        own = ("non_member", "member__organization", "member__community")
        offer_rows(self, "person", rows.select_related(*own))
        kinds = SeatKind.objects.filter(pk__in=[post.kind_id for post in posts])
        offer_rows(self, "kind", kinds.order_by("position", "pk"), preset=True)


@dataclass(frozen=True, slots=True)
class CountLine:
    """One person of a count, with the fields of their votes and their short labels."""

    candidate: Candidate
    fields: list[tuple[StrOrPromise, BoundField]]


class CountForm(KeyedForm):
    """How many voted, and the votes for and against each candidate."""

    held_on = DayField(label=_("Voted on"), past=True, initial=today)
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
    issued = forms.IntegerField(
        label=_("Ballots handed out"), min_value=0, max_value=MOST
    )
    valid_ballots = forms.IntegerField(
        label=_("Valid ballots"), min_value=0, max_value=MOST
    )
    invalid_ballots = forms.IntegerField(
        label=_("Invalid ballots"), min_value=0, max_value=MOST, initial=0
    )

    def __init__(
        self,
        *args: Any,
        election: Election,
        kind: BallotKind,
        candidates: Sequence[Candidate],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.kind = candidates, kind
        if kind == BallotKind.FIRST:
            del self.fields["held_on"]
        of_members = election.body.kind.open_to == Eligibility.MEMBERS
        if of_members or kind == BallotKind.COMMITTEE:
            del self.fields["voters"]
        if kind == BallotKind.COMMITTEE:
            del self.fields["left_out"], self.fields["left_out_reason"]
        for one in candidates:
            for cast in self.casts_of(one):
                self.fields[f"{cast}_{one.pk}"] = forms.IntegerField(
                    label=gettext("%(name)s: %(votes)s")
                    % {"name": one.name, "votes": LABELS[cast]},
                    min_value=0,
                    max_value=MOST,
                    required=self.is_needed(one),
                )

    @staticmethod
    def casts_of(candidate: Candidate) -> tuple[str, ...]:
        """Return the votes to enter; nobody votes against people written in."""
        return CASTS[:1] if candidate.is_written_in else CASTS

    def is_needed(self, candidate: Candidate) -> bool:
        """Whether somebody's votes must be entered: in the first count everybody's."""
        return self.kind == BallotKind.FIRST and not candidate.is_written_in

    @property
    def numbers(self) -> list[BoundField]:
        """The fields above the votes."""
        cast = {field.name for line in self.lines for _label, field in line.fields}
        return [
            field
            for field in self
            if field.name not in cast and not field.is_hidden and field.name != "reason"
        ]

    @property
    def lines(self) -> list[CountLine]:
        """Everybody who stands, with the fields of their votes."""
        return [
            CountLine(
                one,
                [
                    (LABELS[cast], self[f"{cast}_{one.pk}"])
                    for cast in self.casts_of(one)
                ],
            )
            for one in self.candidates
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for one in self.candidates:
            names = [f"{cast}_{one.pk}" for cast in self.casts_of(one)]
            empty = [name for name in names if cleaned.get(name) is None]
            if empty and len(empty) < len(names):
                for name in set(empty) - set(self.errors):
                    self.add_error(name, _("Enter all votes of this person, or none."))
        return cleaned

    def action_values(self) -> dict[str, Any]:
        values, votes = super().action_values(), {}
        for one in self.candidates:
            cast = [values.pop(f"{c}_{one.pk}") for c in self.casts_of(one)]
            if None not in cast:
                votes[one.pk] = (*cast, 0, 0)[:3]
        return {**values, "votes": votes}


class CorrectCountForm(CountForm, VersionedForm):
    """A count as it was entered, the right numbers, and why they are corrected."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        self.had_votes = {row.candidate_id: row for row in ballot.votes.all()}
        super().__init__(*args, **kwargs)
        for name in set(self.fields) & {f.name for f in ballot._meta.fields}:
            self.fields[name].initial = getattr(ballot, name)
        if "voters" in self.fields:
            self.fields["voters"].initial = ballot.voters + ballot.left_out
        for pk, row in self.had_votes.items():
            cast = (row.votes_for, row.votes_against, row.abstentions)
            for name, votes in zip(CASTS, cast, strict=True):
                if field := self.fields.get(f"{name}_{pk}"):
                    field.initial = votes

    def is_needed(self, candidate: Candidate) -> bool:
        """Whether somebody's votes must be entered: whoever had some keeps some."""
        return candidate.pk in self.had_votes


class ApprovalForm(KeyedForm):
    """By whom, when and in which paper a result was approved."""

    approved_by = forms.CharField(label=_("Approved by"), max_length=60)
    approved_on = DayField(label=_("Approved on"), past=True, initial=today)
    approval_number = NumberTextFormField(
        label=_("Number of the approval"), max_length=60, required=False
    )


class ChangeApprovalForm(ApprovalForm, VersionedForm):
    """Corrects by whom, when and in which paper a result was approved."""
