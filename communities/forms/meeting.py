"""The minutes of a meeting, in two steps: which meeting, then what happened."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout
from django import forms
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from communities.actions import Roll
from communities.enums import AbsenceReason, Agenda, MeetingKind
from communities.forms.roll import RollBook, RollRow, ShownRoll
from communities.models.meeting import Meeting
from communities.models.project import Project
from core.errors import FutureDay
from core.months import refuse_future_day, today
from core.names import fold_name
from core.text import StrOrPromise
from core.web.blank_choices import BlankChoicesMixin
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import (
    CONFIRMED,
    DayField,
    PersonChoiceField,
    VersionedForm,
    offer_rows,
)
from core.web.idempotency import KEY
from members.ends.day_questions import RecordDayForm
from members.models import Member
from organizations.models import Organization

MINUTES = (
    "topic",
    "agenda",
    "starts_at",
    "place",
    "chair",
    "recorder",
    "content",
    "decision",
    "project",
)
RECORDED_ALREADY = _(
    "A meeting of this kind is recorded for that day already: “%(meeting)s”. If this is"
    " another one, tick below and save again; nothing was saved yet."
)
IS_THERE = _("Is marked as there on the list above.")
LIST = '{% include "communities/_roll.html" %}'


def fold_topic(topic: str) -> str:
    """Return a topic without the differences that only its spelling makes."""
    return fold_name(topic).casefold()


class ChoiceForm(BlankChoicesMixin, forms.Form):
    """Organization, kind and day of the meeting to be recorded."""

    organization = forms.ModelChoiceField(
        label=_("Organization"), queryset=Organization.objects.none()
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    held_on = DayField(label=_("Held on"), initial=today)

    def __init__(
        self,
        *args: Any,
        organizations: QuerySet[Organization],
        is_to_come: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.is_to_come = is_to_come
        offer_rows(self, "organization", organizations, preset=True)

    def clean_held_on(self) -> dt.date:
        """Refuse minutes of a day to come; people sign in on a list made before it."""
        day: dt.date = self.cleaned_data["held_on"]
        if not self.is_to_come:
            try:
                refuse_future_day(day)
            except FutureDay as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return day


class MeetingForm(RecordDayForm, VersionedForm):
    """The minutes and the attendance list.

    A second meeting of one organization, kind and day on the same topic is asked about
    once: it is most often the first one, recorded again.
    """

    topic = forms.CharField(label=_("Topic"), max_length=100)
    agenda = forms.ChoiceField(
        label=_("Mostly about"), choices=[("", "—"), *Agenda.choices], required=False
    )
    starts_at = forms.TimeField(
        label=_("Beginning"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = forms.CharField(label=_("Place"), max_length=80, required=False)
    chair = PersonChoiceField(
        label=_("Chaired by"), queryset=Member.objects.none(), help_text=IS_THERE
    )
    recorder = PersonChoiceField(
        label=_("Minutes by"), queryset=Member.objects.none(), help_text=IS_THERE
    )
    content = forms.CharField(
        label=_("What was discussed"),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    decision = forms.CharField(
        label=_("Decision"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needs more than half of those who vote."),
    )
    project = forms.ModelChoiceField(
        label=_("For the co-building project"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    reasons = AbsenceReason.choices

    def __init__(
        self,
        *args: Any,
        book: RollBook,
        projects: QuerySet[Project],
        recorded: QuerySet[Meeting],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.book, self.recorded = book, recorded
        # The body's own members stand first: guests seldom chair or write.
        nobody = 0  # a list without guests would leave nothing to order by
        is_guest = Q(pk__in=[nobody, *(member.pk for member in book.guests)])
        people = (
            Member.objects.filter(pk__in=[m.pk for m in book.listable])
            .select_related("organization", "community")
            .order_by(Case(When(is_guest, then=1), default=0), "sort_key", "pk")
        )
        for name in ("chair", "recorder"):
            offer_rows(self, name, people)
        offer_rows(self, "project", projects)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            *self.fields_before_list(), HTML(LIST), *self.fields_after_list()
        )

    def fields_before_list(self) -> tuple[str, ...]:
        """Return the fields above the attendance list."""
        return MINUTES[:4]

    def fields_after_list(self) -> tuple[str, ...]:
        """Return the fields below the attendance list."""
        return (*MINUTES[4:], CONFIRMED, KEY, VERSION_TOKEN)

    def list_entered(self) -> Iterable[tuple[Member, dt.date]]:
        """Return nobody: those offered for new minutes belong or are checked in."""
        return ()

    def recorded_that_day(self) -> QuerySet[Meeting]:
        """Return the other meetings of the same kind and day."""
        return self.recorded

    def questions(self) -> Iterator[StrOrPromise]:
        yield from super().questions()
        topic = self.cleaned_data["topic"]
        if not {"topic", "kind", "held_on"} & {*self.changed_data}:
            return
        for other in self.recorded_that_day():
            if fold_topic(other.topic) == fold_topic(topic):
                yield RECORDED_ALREADY % {"meeting": other}

    @property
    def roll(self) -> Roll:
        """Return the submitted list, or the initial one."""
        return self.book.read(self.data) if self.is_bound else self.book.initial

    @property
    def shown_lists(self) -> tuple[ShownRoll, ...]:
        """Return the attendance list, to compare it where two people edit it."""
        return (ShownRoll(self.book, self.roll),)

    @property
    def rows(self) -> list[RollRow]:
        """Return the members' rows, for the page."""
        return self.book.rows(self.roll)

    @property
    def guest_rows(self) -> list[RollRow]:
        """Return the possible guests' rows, for the page."""
        return self.book.guest_rows(self.roll)

    def clean(self) -> dict[str, Any] | None:
        """Refuse absence without a reason, and a chair or recorder who is not there."""
        cleaned = super().clean()
        if missing := self.book.missing_reasons(self.roll):
            self.add_error(None, missing)
        for name in ("chair", "recorder"):
            officer = self.cleaned_data.get(name)
            if officer and (
                refusal := self.book.refuse_absent_officer(officer, self.roll)
            ):
                self.add_error(name, refusal)
        return cleaned


class ChangeForm(MeetingForm):
    """Correction of the minutes, including day and kind."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    held_on = DayField(label=_("Held on"), past=True)

    def fields_before_list(self) -> tuple[str, ...]:
        return ("kind", "held_on", *super().fields_before_list())

    def list_entered(self) -> list[tuple[Member, dt.date]]:
        """Return the guests who were added, or are listed for another day now."""
        guests = self.roll.guests
        if "held_on" not in self.changed_data:
            guests -= self.book.initial.guests
        day = self.cleaned_data["held_on"]
        return [(m, day) for m in self.book.guests if m.pk in guests]

    def recorded_that_day(self) -> QuerySet[Meeting]:
        values = self.cleaned_data
        return self.recorded.filter(kind=values["kind"], held_on=values["held_on"])
