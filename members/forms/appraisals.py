"""Forms of the yearly appraisal of a branch."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.forms import KeyedForm, VersionedForm, offer_rows
from members.appraisals.due import year_due
from members.enums import Grade, NoGrade
from members.fields import day_field
from members.models import Appraisal, AppraisalRound
from organizations.models import Organization


class AppraisalForm(KeyedForm):
    """Which branch appraises which year, on what basis, at the meeting of which day."""

    organization = forms.ModelChoiceField(
        label=_("Branch"), queryset=Organization.objects.none()
    )
    year = forms.IntegerField(label=_("Year appraised"), min_value=1980, max_value=2100)
    held_on = day_field(_("Day of the meeting"))
    basis = forms.CharField(
        label=_("Basis (document and number)"),
        max_length=100,
        help_text=_("The notice by which this year's appraisal was arranged."),
    )

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)
        self.fields["year"].initial = year_due(today()) or today().year - 1
        self.fields["held_on"].initial = today()


class GradesForm(VersionedForm):
    """What each full member was graded, one choice a member, or why there is none.

    Whoever is here and has no grade yet is proposed as qualified; absent ones are left
    to be decided.
    """

    def __init__(
        self,
        *args: Any,
        entries: Sequence[Appraisal],
        over: AppraisalRound,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, over=over, **kwargs)
        begun = any(entry.grade or entry.no_grade for entry in entries)
        choices = [*Grade.choices, *NoGrade.choices]
        for entry in entries:
            proposed = "" if begun or entry.away else Grade.QUALIFIED.value
            label = entry.member.name
            self.fields[f"grade_{entry.pk}"] = forms.ChoiceField(
                label=_("%(name)s (mobile)") % {"name": label} if entry.away else label,
                choices=[("", _("No grade yet")), *choices],
                required=False,
                initial=entry.grade or entry.no_grade or proposed,
            )

    def grades(self) -> dict[int, str]:
        """Return what was chosen, by the key of the entry."""
        return {
            int(name.removeprefix("grade_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("grade_")
        }
