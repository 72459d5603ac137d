"""Kinds of sheet about members."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import today
from core.text import StrOrPromise
from exchange.import_kinds import ImportKind, Question, RowPlan, import_kinds
from members.actions import Admission, admit_members, change_members
from members.enums import Category, Standing
from members.resources import FLAGS, ROSTER
from members.roster.planning import ChangedMember, NewMember, RosterPlanner
from members.roster.sheet_types import SHEET_TYPES
from organizations.roles import RECORD_KEEPERS


class MemberRoster(ImportKind):
    """A roster of the members of one or more branches."""

    key = "member_roster"
    label = _("Roster of Party members")
    columns = ROSTER
    flags = FLAGS
    checks: ClassVar[Mapping[str, StrOrPromise]] = {
        "join_date": _("Joined the Party on"),
        "full_member_date": _("Full member since"),
        "member_type": _("Kind of member"),
        "category": _("Category"),
    }
    questions = (
        Question("standing", _("Full or probationary members"), Standing.choices),
        Question("category", _("Category of the members"), Category.choices),
    )
    sheet_types = SHEET_TYPES
    identifying = ("join_date", "member_type", "branch")
    managed_with = RECORD_KEEPERS

    def planner(
        self, *, by: Actor, options: Mapping[str, Any]
    ) -> Callable[[Iterable[Any]], Iterable[RowPlan]]:
        return RosterPlanner(by=by, options=options)

    def commit(
        self, plans: Sequence[RowPlan], *, by: Actor, options: Mapping[str, Any]
    ) -> None:
        payloads = [plan.payload for plan in plans]
        new = [p for p in payloads if isinstance(p, NewMember)]
        changed = [p for p in payloads if isinstance(p, ChangedMember)]
        starts_on = options.get("starts_on") or today()
        if new:
            self._admit(new, starts_on, by)
        if changed:
            change_members([(p.member, p.changes) for p in changed], by=by)

    def _admit(self, new: Sequence[NewMember], starts_on: dt.date, by: Actor) -> None:
        """Enter members; nobody counts before the day they joined the Party."""
        days = [max(starts_on, p.values.get("join_date") or starts_on) for p in new]
        admissions = [
            Admission(
                p.values,
                None if p.community else p.branch,
                starts_on=day,
                community=p.community,
            )
            for p, day in zip(new, days, strict=True)
        ]
        admit_members(admissions, by=by)


import_kinds.add(MemberRoster())
