"""Two records side by side: what is the same, and what differs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.dates import format_day, format_month
from core.text import StrOrPromise
from members.models import Member
from organizations.queries import labels_of_code_list

education_in_words = labels_of_code_list("education")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One fact of two records."""

    label: StrOrPromise
    first: object
    second: object

    @property
    def differs(self) -> bool:
        """Whether the records say different things."""
        return self.first != self.second


def _belongs(member: Member) -> str:
    since = member.affiliations.filter(ends_on=None).first()
    if since is None:
        return "—"
    return f"{since.organization.name} · {format_day(since.starts_on)}"


def _checked_in(member: Member) -> str:
    row = member.check_ins.filter(ends_on=None).first()
    return f"{row.community.name} · {format_day(row.starts_on)}" if row else "—"


def _ended(member: Member) -> str:
    if member.ended_on is None:
        return "—"
    return f"{format_day(member.ended_on)} · {member.get_end_reason_display()}"


# Of numbers no more than lists show: the last four, the middle hidden, the month.
FACTS: Sequence[tuple[StrOrPromise, Callable[[Member], Any]]] = (
    (_("Record no."), lambda m: m.pk),
    (_("Name"), lambda m: m.name),
    (_("Identity number"), lambda m: m.masked_id_number),
    (_("Born"), lambda m: format_month(m.birth_date)),
    (_("Sex"), lambda m: m.get_sex_display()),
    (_("Ethnic group"), lambda m: m.ethnicity or "—"),
    (_("Education"), lambda m: education_in_words(m.education) if m.education else "—"),
    (_("Mobile phone"), lambda m: m.masked_phone or "—"),
    (_("Joined the Party on"), lambda m: m.joined or "—"),
    (_("Full member since"), lambda m: m.full_since or "—"),
    (_("Kind of member"), lambda m: m.get_standing_display()),
    (_("Category"), lambda m: m.get_category_display()),
    (_("Party organization"), _belongs),
    (_("Checked in at"), _checked_in),
    (_("Employer"), lambda m: m.employer or "—"),
    (_("Address"), lambda m: m.address or "—"),
    (_("Membership ended on"), _ended),
    (_("Account"), lambda m: _("yes") if m.user_id else "—"),
)


def compare_records(first: Member, second: Member) -> list[ComparedRow]:
    """Return the facts of two records, those first that tell who somebody is."""
    return [ComparedRow(label, read(first), read(second)) for label, read in FACTS]
