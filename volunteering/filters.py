"""Filters of lists of shifts."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from core.months import today
from core.web.name_filter import NameFilter
from organizations.models import Organization
from organizations.queries import code_items
from volunteering.enums import CodeList, PostState
from volunteering.models import Shift

WEEK = dt.timedelta(days=7)
SATURDAY = 5


def this_saturday() -> dt.date:
    """Return the Saturday of this weekend: the next one, or the one that just was."""
    day = today()
    ahead = SATURDAY - day.weekday()
    return day + dt.timedelta(days=ahead)


def _categories() -> list[tuple[str, str]]:
    return code_items(CodeList.CATEGORIES)


def _offering(_request: Any) -> QuerySet[Organization]:
    rows = Organization.objects.filter(posts__state=PostState.OPEN)
    return rows.distinct().order_by("path")


class OpenShiftFilter(FilterSet):
    """The public list, by name, category and place."""

    title = NameFilter(field_name="post__title", label=_("Post"))
    category = ChoiceFilter(
        field_name="post__category", choices=_categories, label=_("Post category")
    )
    community = ModelChoiceFilter(
        field_name="post__organization", queryset=_offering, label=_("Community")
    )

    weekend = ChoiceFilter(
        label=_("Weekend"),
        choices=[("this", _("This weekend")), ("next", _("Next weekend"))],
        method="by_weekend",
    )

    class Meta:
        model = Shift
        fields: list[str] = []

    def by_weekend(self, rows: Any, _name: str, which: str) -> Any:
        """Keep shifts of one weekend; on its Sunday it is still this one."""
        saturday = this_saturday()
        return rows.at_weekend(saturday if which == "this" else saturday + WEEK)


class PublicShiftFilter(OpenShiftFilter):
    """The list of whoever looks for a post: one line for each."""

    each = ChoiceFilter(
        label=_("One line for"),
        choices=[("shift", _("each shift"))],
        empty_label=_("each post"),
        method="by_shift",
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        # Bound even where nothing was asked: its empty answer shows one line a post.
        super().__init__({} if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        each = self.form.cleaned_data.get("each")
        return rows if each else rows.one_of_each_post()

    def by_shift(self, rows: Any, _name: str, _each: str) -> Any:
        """Every shift is what there is."""
        return rows


class KeptShiftFilter(OpenShiftFilter):
    """A record keeper's list: by default future shifts of their own area."""

    when = ChoiceFilter(
        label=_("Time"),
        choices=[("past", _("Past shifts")), ("all", _("Past and to come"))],
        empty_label=_("To come"),
        method="by_time",
    )
    where = ChoiceFilter(
        label=_("Area"),
        choices=[("all", _("Every community"))],
        empty_label=_("My area"),
        method="by_area",
    )

    state = ChoiceFilter(
        field_name="post__state", choices=PostState.choices, label=_("State")
    )
    contact = ChoiceFilter(
        label=_("Contact person"),
        choices=[("missing", _("Not filled in"))],
        method="by_contact",
    )
    each = ChoiceFilter(
        label=_("One line for"),
        choices=[("post", _("each post, its first shift"))],
        empty_label=_("each shift"),
        method="by_post",
    )

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        # Bound even where nothing was asked, as its empty answers narrow the list.
        super().__init__({} if data is None else data, *args, **kwargs)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if not asked.get("when"):
            rows = rows.to_come()
        if not (asked.get("where") or asked.get("community")):
            managed = Shift.objects.managed_by(self.request.user)
            rows = rows.filter(pk__in=managed.values("pk"))
        return rows

    def by_time(self, rows: Any, _name: str, when: str) -> Any:
        """Show what is over, the latest first, or everything."""
        return rows.begun().order_by("-starts_at", "pk") if when == "past" else rows

    def by_contact(self, rows: Any, _name: str, _contact: str) -> Any:
        """Keep shifts of posts that name no contact person."""
        return rows.of_posts_without_contact()

    def by_post(self, rows: Any, _name: str, _each: str) -> Any:
        """Keep the first shift of each post."""
        return rows.first_of_posts()

    def by_area(self, rows: Any, _name: str, _where: str) -> Any:
        """Every community is what there is."""
        return rows
