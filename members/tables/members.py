"""Columns of the list of members."""

import datetime as dt
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.partial_dates import PartialDate
from core.web.columns import FurtherColumn
from core.web.tables import OrderedTable
from members.enums import Willingness
from members.lost_contacts.marks import mark_name
from members.models import Member
from members.permissions import can_admit
from organizations.queries import code_items


class MemberTable(OrderedTable):
    """Members in lists: with the month of birth, and with no identity number.

    Columns that a roster needs are there to be chosen. Phones have their middle hidden.
    """

    name = tables.Column(
        verbose_name=_("Name"), linkify=True, order_by=("sort_key", "pk")
    )
    sex = tables.Column(verbose_name=_("Sex"), orderable=False)
    ethnicity = tables.Column(verbose_name=_("Ethnic group"), orderable=False)
    born = tables.DateColumn(
        accessor="birth_date",
        verbose_name=_("Born"),
        format="YEAR_MONTH_FORMAT",
        short=False,
        orderable=False,
    )
    education = tables.Column(verbose_name=_("Education"), orderable=False)
    joined = tables.Column(verbose_name=_("Joined the Party on"), orderable=False)
    full_since = tables.Column(verbose_name=_("Full member since"), orderable=False)
    admitted_on = tables.DateColumn(
        verbose_name=_("Admission approved on"), short=False, orderable=False
    )
    organization = tables.Column(
        verbose_name=_("Party organization"),
        order_by=("organization__path", "pk"),
        empty_values=(),
    )
    standing = tables.Column(verbose_name=_("Kind of member"), orderable=False)
    category = tables.Column(verbose_name=_("Category"), orderable=False)
    community = tables.Column(verbose_name=_("Checked in at"), orderable=False)
    employer = tables.Column(verbose_name=_("Employer"), orderable=False)
    masked_phone = tables.Column(verbose_name=_("Mobile phone"), orderable=False)
    landline = tables.Column(verbose_name=_("Landline"), orderable=False)
    address = tables.Column(verbose_name=_("Address"), orderable=False)
    skills = tables.Column(verbose_name=_("Skills"), orderable=False)
    willing_to_serve = tables.Column(
        verbose_name=_("Willing to serve"), orderable=False, empty_values=()
    )
    kept_remark = tables.Column(verbose_name=_("Remark"), orderable=False)
    ended_on = tables.DateColumn(
        verbose_name=_("Membership ended on"), short=False, orderable=False
    )
    end_reason = tables.Column(verbose_name=_("Reason of ending"), orderable=False)

    further_columns = {
        "ethnicity": FurtherColumn(),
        "education": FurtherColumn(),
        "joined": FurtherColumn(),
        "full_since": FurtherColumn(),
        "admitted_on": FurtherColumn(lambda rows, _user: rows.with_approval()),
        "employer": FurtherColumn(lambda rows, _user: rows.select_related("employer")),
        "masked_phone": FurtherColumn(
            lambda rows, _user: rows.defer(None).defer("id_number"), recorded=True
        ),
        "landline": FurtherColumn(recorded=True),
        "address": FurtherColumn(recorded=True),
        "skills": FurtherColumn(),
        "willing_to_serve": FurtherColumn(lambda rows, _user: rows.with_willingness()),
        "kept_remark": FurtherColumn(
            lambda rows, user: rows.with_remark_for(user), can_admit, recorded=True
        ),
        "ended_on": FurtherColumn(),
        "end_reason": FurtherColumn(),
    }

    class Meta:
        model = Member
        fields: tuple[str, ...] = ()
        order_by = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._labels: dict[str, dict[str, str]] = {}

    def render_name(self, value: str, record: Member) -> str:
        """Mark who is lost or suspended."""
        return mark_name(value, getattr(record, "search_state", None))

    def value_name(self, value: str) -> str:
        """Leave the name alone in files."""
        return value

    def render_education(self, value: str) -> str:
        """Show the label of the code."""
        return self._label("education", value)

    def render_skills(self, value: list[str]) -> str:
        """Show the labels of the codes."""
        return "、".join(self._label("skills", code) for code in value)

    def render_willing_to_serve(self, value: str | None) -> str:
        """Show what was said at the check-in."""
        return str(Willingness(value or Willingness.UNKNOWN).label)

    def value_joined(self, value: PartialDate) -> Any:
        """Leave a day that is known as a day, and the month or the year as text."""
        return _day_or_text(value)

    def value_full_since(self, value: PartialDate) -> Any:
        """Leave a day that is known as a day, and the month or the year as text."""
        return _day_or_text(value)

    def _label(self, code_list: str, code: str) -> str:
        """Return the label of a code; each list of codes is read once."""
        if code_list not in self._labels:
            self._labels[code_list] = dict(code_items(code_list))
        return self._labels[code_list].get(code, code)

    def render_organization(self, value: Any, record: Member) -> Any:
        """Label members with neither branch nor community, whom no figure counts."""
        if value is not None:
            return value
        if record.merged_into_id is not None:
            return _("Merged into another record")
        if record.voided_at is not None:
            return _("Voided as a mistake")
        return _("No longer on the rolls") if record.community_id is None else "—"


def _day_or_text(value: PartialDate) -> dt.date | str:
    return value.value if value.precision == "day" else str(value)
