"""What is asked of those who offer posts and record hours."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core.admin import ActionBackedForm
from core.months import today
from core.web.edit_conflicts import VERSION_TOKEN
from core.web.forms import KEY, DayField, KeyedForm, VersionedForm, offer
from organizations.models import Organization
from organizations.queries import code_items
from volunteering.actions import Attended
from volunteering.enums import ClaimState, CodeList
from volunteering.models import Claim, Post, Shift

Choices = Sequence[tuple[str, str]]


def _limit(model: type[models.Model], name: str) -> int | None:
    limit: int | None = getattr(model._meta.get_field(name), "max_length", None)
    return limit


class PostFields(VersionedForm):
    """What a post says of itself."""

    title = forms.CharField(
        label=_("Title of the post"), max_length=_limit(Post, "title")
    )
    category = forms.ChoiceField(label=_("Post category"))
    description = forms.CharField(
        label=_("What is to be done"),
        max_length=_limit(Post, "description"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    needed_by = forms.CharField(
        label=_("For whom"),
        max_length=_limit(Post, "needed_by"),
        required=False,
        help_text=_("Groups of people, never a person's name."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills wanted"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Members who have one of them see the post first."),
    )
    project = forms.ModelChoiceField(
        label=_("For the project"), queryset=Project.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        categories: Choices,
        skills: Choices,
        projects: models.QuerySet[Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined] # a choice field
        self.fields["skills"].choices = skills  # type: ignore[attr-defined] # a choice field
        offer(self, "project", projects)


class ShiftFields(VersionedForm):
    """Time, meeting point and capacity of a shift, within one day."""

    day = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Begins at"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    ends = forms.TimeField(
        label=_("Ends at"), widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    meeting_point = forms.CharField(
        label=_("Meeting place"), max_length=_limit(Shift, "meeting_point")
    )
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=999)

    def clean_day(self) -> dt.date:
        """Ask for people within a year: what is past is claimed by nobody."""
        day: dt.date = self.cleaned_data["day"]
        if "day" in self.changed_data and not today() <= day <= _in_a_year():
            raise forms.ValidationError(
                _("Choose a day between today and the same day next year.")
            )
        return day

    def is_changed(self) -> bool:
        """Whether anything but the hidden fields differs from what the page offered."""
        return bool(set(self.changed_data) - {KEY, VERSION_TOKEN})

    def shift_values(self) -> dict[str, Any]:
        """Return the columns of the shift."""
        cleaned = self.cleaned_data
        return {
            "starts_at": _moment(cleaned["day"], cleaned["begins"]),
            "ends_at": _moment(cleaned["day"], cleaned["ends"]),
            "meeting_point": cleaned["meeting_point"],
            "capacity": cleaned["capacity"],
        }


def _in_a_year() -> dt.date:
    return today() + dt.timedelta(days=366)


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def shift_initial(shift: Shift) -> dict[str, Any]:
    """Return a shift as its form shows it."""
    begins, ends = (timezone.localtime(t) for t in (shift.starts_at, shift.ends_at))
    return {
        "day": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "meeting_point": shift.meeting_point,
        "capacity": shift.capacity,
    }


class OfferForm(ShiftFields, PostFields):
    """A post of one's community with its first shift."""

    organization = forms.ModelChoiceField(
        label=_("Community"), queryset=Organization.objects.none()
    )
    draft = forms.BooleanField(
        label=_("Keep as a draft for now"),
        required=False,
        help_text=_("A draft is seen by nobody but those who keep the posts."),
    )
    field_order = [
        *("organization", "title", "category", "description", "needed_by"),
        *(
            "day",
            "begins",
            "ends",
            "meeting_point",
            "capacity",
            "skills",
            "project",
            "draft",
        ),
    ]
    post_fields = (
        *("organization", "title", "category", "description", "needed_by"),
        *("skills", "project", "draft"),
    )

    def __init__(
        self, *args: Any, communities: models.QuerySet[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", communities)

    def post_values(self) -> dict[str, Any]:
        """Return the columns of the post."""
        return {name: self.cleaned_data[name] for name in self.post_fields}


def hours_field(**kwargs: Any) -> forms.DecimalField:
    """Return a field for the hours of one service."""
    return forms.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=Decimal("0.5"),
        max_value=Decimal(24),
        **kwargs,
    )


class HoursForm(KeyedForm):
    """How long somebody served, and what they did."""

    hours = hours_field(label=_("Hours served"))
    remark = forms.CharField(label=_("What was done"), max_length=200, required=False)


class AttendanceForm(KeyedForm):
    """Who came to a shift and for how long; hours left empty leave it open."""

    def __init__(
        self, *args: Any, claims: Sequence[Claim], length: Decimal, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.claims = claims
        for claim in claims:
            record = getattr(claim, "record", None)
            self.fields[f"hours_{claim.pk}"] = hours_field(
                label=_("Hours of %(name)s") % {"name": claim.member.name},
                required=False,
                initial=record.hours if record else length,
            )
            self.fields[f"missed_{claim.pk}"] = forms.BooleanField(
                label=_("Did not come"),
                required=False,
                initial=claim.state == ClaimState.MISSED,
            )

    def lines(self) -> Iterator[tuple[Claim, forms.BoundField, forms.BoundField]]:
        """Return each claim with its two fields."""
        for claim in self.claims:
            yield claim, self[f"hours_{claim.pk}"], self[f"missed_{claim.pk}"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.attended():
            raise forms.ValidationError(
                _(
                    "No attendance was entered. Fill in the hours, or tick who was"
                    " absent."
                )
            )
        return cleaned

    def attended(self) -> list[Attended]:
        """Return the attendance entered for each claim."""
        entered = []
        for claim in self.claims:
            missed = self.cleaned_data[f"missed_{claim.pk}"]
            hours = self.cleaned_data[f"hours_{claim.pk}"]
            if missed or hours is not None:
                entered.append(Attended(claim, None if missed else hours))
        return entered


class PostAdminForm(ActionBackedForm):
    """A post in the admin, its codes chosen from their lists."""

    category = forms.ChoiceField(label=_("Post category"))
    skills = forms.MultipleChoiceField(
        label=_("Skills wanted"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Post
        fields = [
            *("organization", "project", "title", "category", "description"),
            *("needed_by", "skills"),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, code_list in {
            "category": CodeList.CATEGORIES,
            "skills": CodeList.SKILLS,
        }.items():
            self.fields[name].choices = code_items(code_list)  # type: ignore[attr-defined] # a choice field
