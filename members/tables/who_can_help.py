"""Columns of who can help: what they can do and like, when, and how often they did."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from members.fields import slots_in_words
from members.models import Member
from members.participation import participations
from organizations.queries import labels_by_code


class HelperTable(OrderedTable):
    """Members by name, with what they can do and like, and when they are free.

    How often they took part stands last and cannot be sorted by: it is no ranking.
    """

    name = tables.Column(
        verbose_name=_("Name"), linkify=True, order_by=("sort_key", "pk")
    )
    organization = tables.Column(verbose_name=_("Party organization"), orderable=False)
    community = tables.Column(verbose_name=_("Checked in at"), orderable=False)
    employer = tables.Column(verbose_name=_("Unit"), orderable=False)
    skills = tables.Column(verbose_name=_("Skills"), orderable=False)
    interests = tables.Column(verbose_name=_("Interests"), orderable=False)
    free_hours = tables.Column(verbose_name=_("Free hours"), orderable=False)

    class Meta:
        model = Member
        fields = (
            *("name", "organization", "community", "employer"),
            *("skills", "interests", "free_hours"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        took_part = [
            (one.column, tables.Column(verbose_name=one.label, orderable=False))
            for one in participations
        ]
        super().__init__(*args, extra_columns=took_part, **kwargs)

    @cached_property
    def skill_labels(self) -> dict[str, str]:
        """The skills by code, read once for all rows."""
        return labels_by_code("skills")

    @cached_property
    def interest_labels(self) -> dict[str, str]:
        """The interests by code, read once for all rows."""
        return labels_by_code("interests")

    def render_skills(self, value: Sequence[str]) -> str:
        return "、".join(self.skill_labels.get(one, one) for one in value) or "—"

    def render_interests(self, value: Sequence[str]) -> str:
        return "、".join(self.interest_labels.get(one, one) for one in value) or "—"

    def render_free_hours(self, value: Sequence[str]) -> str:
        return slots_in_words(value) or "—"
