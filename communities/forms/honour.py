"""The form by which an honour is entered."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from core.dates import format_day
from core.months import today, years_before
from core.web.forms import DayField, KeyedForm, offer_rows
from members.models import OpinionRequest
from organizations.queries import code_items

NOT_REFERRED = "none"
"""What is sent to say that the honour refers to none of the opinions."""


class OpinionChoices(ModelChoiceIterator):
    """The opinions and, where there are any, that the honour refers to none."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        if self.field.required:
            yield NOT_REFERRED, pgettext("honour", "Refer to none (the record says so)")


class OpinionChoiceField(forms.ModelChoiceField):
    """A choice of one opinion: who asked, when, and where it stands; or of none."""

    iterator = OpinionChoices

    def label_from_instance(self, obj: Any) -> str:
        day = format_day(obj.case.opened_on)
        words = obj.get_opinion_display() or obj.state.label
        return f"{obj.case.kind.name} · {obj.asker} · {day} · {words}"

    def clean(self, value: Any) -> Any:
        """Return the opinion, or nothing where none is to be referred to."""
        return None if value == NOT_REFERRED else super().clean(value)


class HonourForm(KeyedForm):
    """Which honour was given by whom, at which level, when and by which document."""

    name = forms.CharField(label=pgettext_lazy("honour", "Honour"), max_length=60)
    level = forms.ChoiceField(
        label=pgettext_lazy("honour", "Level of the honour"),
        choices=lambda: code_items("honour_levels"),
    )
    issuer = forms.CharField(label=_("Given by"), max_length=80)
    document = forms.CharField(
        label=_("Document of the honour"), max_length=120, required=False
    )
    awarded_on = DayField(label=_("Given on"), past=True, initial=today)


class MemberHonourForm(HonourForm):
    """The same of a member: which opinion the community was asked for before.

    Where one was asked for, the latest of the last year is chosen; to refer to none is
    a choice of its own, which the page of the honour then shows.
    """

    opinion = OpinionChoiceField(
        label=_("Opinion asked for before"),
        queryset=OpinionRequest.objects.none(),
        required=False,
        help_text=_(
            "If none is offered, none was asked for: ask on the page of the member."
        ),
    )

    def __init__(
        self, *args: Any, opinions: QuerySet[OpinionRequest], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "opinion", opinions)
        field = self.fields["opinion"]
        field.required = (latest := opinions.first()) is not None
        if latest is not None and latest.case.opened_on > years_before(today(), 1):
            field.initial = latest
