"""Forms about superiors' workbooks: upload one, say what belongs where, fill it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.tree import STEP
from core.months import month_of, shift_month, today
from core.text import StrOrPromise
from core.web.forms import KeyedForm, offer_rows
from core.web.months import MonthField
from figures.definitions import group_by_source, indicators
from organizations.models import Organization
from reports.enums import CellContent, CellPeriod
from reports.models import MappedCell
from reports.superior_forms.describing import TEN_THOUSAND, describe_cell
from reports.superior_forms.numbers import find_band
from reports.superior_forms.texts import MARKS
from sheets.fill import name_cell

MEGABYTE = 1024 * 1024
SEPARATOR = ":"
Choices = list[tuple[str, StrOrPromise]]


class TreeField(forms.ModelChoiceField):
    """Organizations as a tree: each indented below its parent."""

    def label_from_instance(self, obj: Any) -> str:
        depth = len(obj.path) // STEP - 1
        return f"{'　' * depth}{obj.name}"


class WorkbookField(forms.FileField):
    """A workbook of the type .xlsx, up to the limit of uploads."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Blank form"),
            widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
            help_text=_(
                "The .xlsx as the superior sent it, unchanged and not filled in."
                " Workbooks with macros are not accepted. Only the cells that you"
                " name are filled later: formulas, fonts, merged cells, print areas,"
                " pictures and lists of choices stay as they are, and formulas are"
                " computed anew when the file is opened."
            ),
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload and upload.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Nothing was read."),
                params={"limit": limit},
            )
        return upload


class KeepFormForm(KeyedForm):
    """A superior's blank form, its title and the street that keeps it."""

    organization = TreeField(
        label=_("Street that keeps it"),
        queryset=Organization.objects.none(),
        empty_label=None,
    )
    title = forms.CharField(
        label=_("Title of the form"),
        max_length=80,
        help_text=_("As everybody here calls it, with the year if it has one."),
    )
    upload = WorkbookField()

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)


class ReplaceFormForm(KeyedForm):
    """The form as the superior changed it."""

    upload = WorkbookField()


class MapCellForm(KeyedForm):
    """What belongs into one cell."""

    content = forms.ChoiceField(
        label=_("What to fill in"),
        choices=CellContent.choices,
        initial=CellContent.FIGURE,
    )
    indicator = forms.ChoiceField(label=_("Number"), required=False)
    split = forms.ChoiceField(
        label=_("Only this part of it"),
        required=False,
        help_text=_("Left empty, the whole number."),
    )
    period = forms.ChoiceField(
        label=_("Of which time"),
        choices=CellPeriod.choices,
        initial=CellPeriod.MONTH,
        help_text=_("Counted from the month for which the form is filled."),
    )
    place = TreeField(
        label=_("Of which place"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("the place for which the form is filled"),
    )
    divisor = forms.TypedChoiceField(
        label=_("In which unit"),
        choices=[(1, _("as counted")), (TEN_THOUSAND, _("in units of ten thousand"))],
        coerce=int,
        initial=1,
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, places: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        marks = gettext("Replaced each time: %(marks)s.") % {"marks": " ".join(MARKS)}
        self.fields["text"].help_text = marks
        self.fields["indicator"].choices = indicator_choices()  # type: ignore[attr-defined] # a ChoiceField
        self.fields["split"].choices = band_choices()  # type: ignore[attr-defined] # a ChoiceField
        offer_rows(self, "place", places)

    def clean(self) -> dict[str, Any]:
        """Leave away what the chosen content does not have; find the band."""
        values: dict[str, Any] = super().clean() or {}
        content = values.get("content")
        split = values.pop("split", "") or ""
        values["breakdown"], _sign, values["band"] = split.partition(SEPARATOR)
        if content != CellContent.TEXT:
            values["text"] = ""
        elif not values.get("text"):
            self.add_error("text", _("Type the text that belongs into the cell."))
        if content != CellContent.FIGURE:
            plain = {"indicator": "", "breakdown": "", "band": "", "place": None}
            return values | plain | {"period": CellPeriod.MONTH, "divisor": 1}
        self._check_figure(values)
        return values

    def _check_figure(self, values: dict[str, Any]) -> None:
        key = values.get("indicator")
        if not key:
            self.add_error("indicator", _("Choose the number."))
            return
        if not values["band"]:
            return
        month = month_of(today())
        found = find_band(
            indicators.get(key), values["breakdown"], values["band"], month
        )
        if found is None:
            words = _("This number cannot be split like that: choose another part.")
            self.add_error("split", words)

    @staticmethod
    def initial_of(cell: MappedCell | None) -> dict[str, Any]:
        """Return what the form shows of a cell at first."""
        if cell is None:
            return {}
        names = ("content", "indicator", "period", "divisor", "text")
        values = {name: getattr(cell, name) for name in names}
        split = f"{cell.breakdown}{SEPARATOR}{cell.band}" if cell.band else ""
        return {**values, "split": split, "place": cell.place_id}


def indicator_choices() -> Choices:
    """Return the figures, grouped by what they are counted from."""
    month = month_of(today())
    groups: Any = [
        (
            str(some[0].source.label),
            [(one.key, f"{one.label_in(month)}（{one.unit}）") for one in some],
        )
        for some in group_by_source().values()
    ]
    return [("", "—"), *groups]


def band_choices() -> Choices:
    """Return the parts of figures, grouped by how these are split."""
    month = month_of(today())
    seen, groups = set[str](), list[Any]()
    for indicator in indicators:
        for breakdown in indicator.breakdowns:
            if breakdown.key in seen:
                continue
            seen.add(breakdown.key)
            bands = [
                (f"{breakdown.key}{SEPARATOR}{band.key}", str(band.label))
                for band in breakdown.bands_in(month)
            ]
            groups.append((str(breakdown.label), bands))
    return [("", "—"), *groups]


class ProposalsForm(KeyedForm):
    """Proposals for cells, all of them ticked at first."""

    cells = forms.MultipleChoiceField(
        label=_("Take over what is ticked"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, proposals: Sequence[MappedCell], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {_key(cell): cell for cell in proposals}
        field: Any = self.fields["cells"]
        field.choices = [
            (key, f"{name_cell(cell.row, cell.column)}　{describe_cell(cell)}")
            for key, cell in self.proposals.items()
        ]
        field.initial = list(self.proposals)

    def chosen(self) -> list[MappedCell]:
        """Return the proposals that are ticked."""
        return [self.proposals[key] for key in self.cleaned_data["cells"]]


def _key(cell: MappedCell) -> str:
    return f"{cell.sheet}-{cell.row}-{cell.column}"


def last_whole_month() -> Any:
    """Return the month for which forms are mostly filled."""
    return shift_month(month_of(today()), -1)


class FillForm(KeyedForm):
    """For which place and month a form is filled."""

    organization = TreeField(
        label=_("For which place"),
        queryset=Organization.objects.none(),
        empty_label=None,
    )
    month = MonthField(initial=last_whole_month)

    def __init__(
        self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "organization", organizations, preset=True)
