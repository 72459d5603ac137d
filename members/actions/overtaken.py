"""Refuse what was decided on a page that another window has overtaken."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actors import Actor
from core.dates import format_dates
from members.errors import RecordedMeanwhile, RecordedMeanwhileBy
from members.models import Member

APART = "."


class Situation(StrEnum):
    """What a page about a member may show of how they stand."""

    BELONGING = "belonging"
    ABSENCE = "absence"
    CHECK_IN = "check_in"


@dataclass(frozen=True, slots=True)
class _SituationNow:
    """How a member stands: a key to compare, the words, and the row that tells who.

    `columns` are those of which an audit entry about the row speaks; none for all.
    """

    key: str
    words: str
    row: models.Model
    columns: frozenset[str] = frozenset()


def _fill_in(
    key: object, words: str, row: models.Model, **values: object
) -> _SituationNow:
    """Fill in the words; days are written as people read them."""
    return _SituationNow(str(key), words % format_dates(values), row)


def _describe_belonging(member: Member) -> _SituationNow:
    """Return where the member belongs, or that the membership ended."""
    now = _describe_membership(member)
    return replace(now, columns=frozenset({"organization", "end_reason"}))


def _describe_membership(member: Member) -> _SituationNow:
    name = member.name
    row = member.affiliations.open().select_related("organization").first()
    if row is not None:
        words = gettext("%(name)s belongs to %(organization)s from %(day)s")
        place, day = row.organization, row.starts_on
        return _fill_in(row.pk, words, member, name=name, organization=place, day=day)
    last = member.affiliations.order_by("-ends_on", "-pk").first()
    if member.ended_on is not None or last is None:
        ended_on, reason = member.ended_on, member.get_end_reason_display()
    else:
        ended_on, reason = last.ends_on, last.get_end_reason_display()
    if ended_on is None:
        words = gettext("%(name)s belongs to no organization here")
        return _fill_in("", words, member, name=name)
    words = gettext("the membership of %(name)s ended on %(day)s (%(reason)s)")
    key = f"-{ended_on}"
    return _fill_in(key, words, member, name=name, day=ended_on, reason=reason)


def _describe_absence(member: Member) -> _SituationNow:
    name = member.name
    row = member.mobile_records.order_by("starts_on", "pk").last()
    if row is None:
        return _fill_in("", gettext("%(name)s is not away"), member, name=name)
    if row.ends_on is None:
        words = gettext("%(name)s is away since %(day)s")
        return _fill_in(row.pk, words, row, name=name, day=row.starts_on)
    words = gettext("%(name)s is back since %(day)s")
    return _fill_in("", words, row, name=name, day=row.ends_on)


def _describe_check_in(member: Member) -> _SituationNow:
    rows = member.check_ins.select_related("community")
    row = rows.order_by("starts_on", "pk").last()
    if row is None:
        words = gettext("%(name)s is checked in nowhere")
        return _fill_in("", words, member, name=member.name)
    names = {"name": member.name, "community": row.community.name}
    if row.ends_on is None:
        words = gettext("%(name)s is checked in at %(community)s since %(day)s")
        return _fill_in(row.pk, words, row, day=row.starts_on, **names)
    words = gettext("the check-in of %(name)s at %(community)s ended on %(day)s")
    return _fill_in("", words, row, day=row.ends_on, **names)


DESCRIBE: dict[Situation, Callable[[Member], _SituationNow]] = {
    Situation.BELONGING: _describe_belonging,
    Situation.ABSENCE: _describe_absence,
    Situation.CHECK_IN: _describe_check_in,
}


def situation_of(member: Member, compared: Iterable[Situation]) -> str:
    """Return what a page shows of how a member stands, to be sent with its form."""
    return APART.join(DESCRIBE[part](member).key for part in compared)


def refuse_overtaken(
    member: Member, compared: Iterable[Situation], shown: str | None, *, by: Actor
) -> None:
    """Refuse a form that showed the member in another situation than the present one.

    `shown` is `situation_of` when the form was opened, or None if the form did not say.
    Who recorded the change, and when, is told to those who may read the history;
    whether it was themselves, to everybody.
    """
    if shown is None:
        return
    parts = [*compared]
    keys = shown.split(APART)
    if len(keys) != len(parts):
        return
    for part, key in zip(parts, keys, strict=True):
        now = DESCRIBE[part](member)
        if now.key != key:
            raise tell_recorded(now.row, now.words, by=by, columns=now.columns)


def tell_recorded(
    row: models.Model, what: str, *, by: Actor, columns: Collection[str] = ()
) -> RecordedMeanwhile:
    """Return the refusal that says what was recorded meanwhile, and by whom."""
    entries = audit.history_of(row, by)
    latest = next((e for e in entries if not columns or {*columns} & {*e.after}), None)
    own = latest.actor_id == by.pk if latest else audit.was_last_changed_by(row, by)
    if latest is None:
        return RecordedMeanwhile(who=_("you") if own else _("somebody else"), what=what)
    who = _("you") if own else latest.actor_name or _("the system")
    return RecordedMeanwhileBy(who=who, at=latest.at, what=what)
