"""Kinds of sheet about members."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import today
from core.text import StrOrPromise
from exchange.doubts import Understands
from exchange.import_kinds import (
    ImportKind,
    Question,
    RowPlan,
    import_kinds,
    payloads_of,
)
from exchange.sheet_context import SheetContext
from members.actions import (
    Admission,
    NewAbsence,
    NewCheckIn,
    admit_members,
    change_members,
    check_in_members,
    end_absences,
    record_absences,
    record_certificates,
)
from members.enums import Category, Direction, MobileKind, Standing
from members.mobile.columns import REGISTER, REGISTER_FLAGS
from members.mobile.homes import HOME_ELSEWHERE, RECORD_HOME
from members.mobile.planning import ENTER, RegisterPlanner
from members.mobile.plans import Arrival, Departure, Return, StatedCertificate
from members.mobile.returns import IMPORT_DAY as IMPORT_DAY_OF_RETURN
from members.mobile.returns import IS_BACK, STILL_AWAY, KnownRegisterTexts
from members.mobile.sheet_types import REGISTER_TYPES
from members.models import Member
from members.roster.admitting import admit_new_people
from members.roster.branches import IS_OURS, TITLE_ORGANIZATION
from members.roster.columns import LABELS, ROSTER
from members.roster.ended_states import ENDED_STATE, SAYS_NOTHING
from members.roster.flags import FLAGS
from members.roster.group_headings import HEADING
from members.roster.in_service import CHECK_IN_MONTH, FIRST_DAY, IMPORT_DAY
from members.roster.known_texts import KnownTexts
from members.roster.matching import LISTS
from members.roster.party_dates import OF_RECORD, OF_SHEET, PARTY_DATES
from members.roster.planning import RosterPlanner
from members.roster.plans import ChangedMember, NewMember
from members.roster.sheet_types import SHEET_TYPES
from members.roster.workers import BELONGS, CHECKS_IN, WORKS
from organizations.roles import RECORD_KEEPERS

WHOSE_SHEET = Question(
    TITLE_ORGANIZATION,
    _("A community that this system does not have"),
    (
        (IS_OURS, _("it is another name of the chosen organization")),
        ("leave_out", _("it is another place: leave such rows out")),
    ),
)


ENDED_STATES = Question(
    ENDED_STATE,
    _("States by which rows are refused"),
    (
        ("leave_out", _("who has them is no current member: leave the rows out")),
        (SAYS_NOTHING, _("they tell nothing of the membership: read the rows")),
    ),
)
EVIDENCE: Mapping[str, StrOrPromise] = {
    "title_names": _("Community named"),
    HEADING: _("Heading above"),
}


class SheetOfMembers(ImportKind):
    """A kind of sheet that names members; every text on it is understood or asked."""

    planner_type: ClassVar[type[RosterPlanner | RegisterPlanner]]
    texts_type: ClassVar[type[KnownTexts]] = KnownTexts
    managed_with = RECORD_KEEPERS

    def planner(
        self, *, by: Actor, context: SheetContext
    ) -> Callable[[Iterable[Any]], Iterable[RowPlan]]:
        return self.planner_type(by=by, context=context)

    def doubt_reader(self, *, context: SheetContext) -> Understands:
        return self.texts_type(context)


class MemberRoster(SheetOfMembers):
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
        "education": _("Education"),
        "checked_in_on": _("Checked in on"),
        "employer": _("Employer"),
        **{name: LABELS[name] for name in LISTS},
        "letter": _("Transfer letter"),
        **EVIDENCE,
    }
    questions = (
        WHOSE_SHEET,
        ENDED_STATES,
        Question("standing", _("Full or probationary members"), Standing.choices),
        Question(
            WORKS,
            _("People in service whose branch here is named"),
            (
                (BELONGS, _("they belong to the branch: enter them as its members")),
                (CHECKS_IN, _("they belong to their employer: check them in here")),
            ),
        ),
        Question("category", _("Category of the members"), Category.choices),
        Question(
            PARTY_DATES,
            _("Party dates that differ from those on record"),
            (
                (OF_RECORD, _("keep those on record")),
                (OF_SHEET, _("record those of the sheet")),
            ),
        ),
        Question(
            CHECK_IN_MONTH,
            _("Days of checking in known to the month only"),
            (
                (FIRST_DAY, _("record the first day of the month")),
                (IMPORT_DAY, _("record the day of the import")),
            ),
        ),
    )
    sheet_types = SHEET_TYPES
    identifying = ("join_date", "member_type", "branch")
    planner_type = RosterPlanner

    def commit(
        self, plans: Sequence[RowPlan], *, by: Actor, starts_on: dt.date | None = None
    ) -> None:
        new = payloads_of(plans, NewMember)
        changed = payloads_of(plans, ChangedMember)
        starts_on = starts_on or today()
        if new:
            admit_new_people(new, starts_on, by)
        corrected = [(p.member, p.changes) for p in changed if p.changes]
        if corrected:
            change_members(corrected, by=by)
        check_ins = [
            NewCheckIn(p.member, p.check_in.community, p.check_in.on or starts_on)
            for p in changed
            if p.check_in is not None
        ]
        if check_ins:
            check_in_members(check_ins, by=by)


class MobileRegister(SheetOfMembers):
    """A register of the members who are away, or who have come from elsewhere.

    Absences are recorded of members who exist; who is not recorded is entered only if
    the person who uploads says so. Who has come is checked in and never counted (R-28).
    """

    key = "mobile_register"
    label = _("Register of mobile members")
    columns = REGISTER
    flags = REGISTER_FLAGS
    checks: ClassVar[Mapping[str, StrOrPromise]] = {
        "direction_text": _("Direction"),
        "flow_date": _("Away since"),
        "back_on": _("Back on"),
        IS_BACK: _("Back by the register"),
        "kind": _("Kind of absence"),
        "destination": _("Destination"),
        "home_branch": _("Belongs to, elsewhere"),
        "certificate_number": _("Number of the certificate"),
        **EVIDENCE,
    }
    questions = (
        WHOSE_SHEET,
        ENDED_STATES,
        Question("direction", _("Gone away or come here"), Direction.choices),
        Question(
            HOME_ELSEWHERE,
            _("Branches that are none of the chosen organization"),
            (
                (RECORD_HOME, _("record them as where the people belong")),
                ("leave_out", _("leave such rows out")),
            ),
        ),
        Question("mobile_kind", _("Kind of absence"), MobileKind.choices),
        Question(
            "month_only",
            _("Days known to the month only"),
            (
                (FIRST_DAY, _("record the first day of the month")),
                ("leave_out", _("leave such rows out")),
            ),
        ),
        Question(
            IS_BACK,
            _("People who are back by the register, without the day"),
            (
                (
                    IMPORT_DAY_OF_RETURN,
                    _("their absence ends on the day of the import"),
                ),
                (STILL_AWAY, _("they are still away")),
                ("leave_out", _("leave such rows out")),
            ),
        ),
        Question(
            "unrecorded",
            _("People who are not recorded"),
            (
                (ENTER, _("enter them as members")),
                ("leave_out", _("leave them out")),
            ),
        ),
        Question("standing", _("Full or probationary members"), Standing.choices),
    )
    sheet_types = REGISTER_TYPES
    identifying = ("starts_on", "branch")
    planner_type = RegisterPlanner
    texts_type = KnownRegisterTexts

    def commit(
        self, plans: Sequence[RowPlan], *, by: Actor, starts_on: dt.date | None = None
    ) -> None:
        departures = payloads_of(plans, Departure)
        arrivals = payloads_of(plans, Arrival)
        ends = [(p.record, p.ends_on) for p in payloads_of(plans, Return)]
        entered = self._admit(departures, starts_on or today(), by)
        self._receive(arrivals, by)
        absences = [
            NewAbsence(member, p.kind, p.starts_on, p.ends_on, p.destination)
            for member, p in zip(entered, departures, strict=True)
        ]
        if absences:
            record_absences(absences, by=by)
        if ends:
            end_absences(ends, by=by)
        stated = [(p.member, p.number) for p in payloads_of(plans, StatedCertificate)]
        stated += [
            (member, p.certificate)
            for member, p in zip(entered, departures, strict=True)
            if p.certificate
        ]
        if stated:
            record_certificates(stated, by=by)

    def _admit(
        self, departures: Sequence[Departure], starts_on: dt.date, by: Actor
    ) -> list[Member]:
        """Enter those who are to be entered; return whose absence each one is."""
        new = [p for p in departures if p.member is None]
        admissions = [
            Admission(p.values or {}, p.branch, starts_on=starts_on) for p in new
        ]
        entered = iter(admit_members(admissions, by=by) if admissions else [])
        return [p.member or next(entered) for p in departures]

    def _receive(self, arrivals: Sequence[Arrival], by: Actor) -> None:
        """Check in who has come: recorded members, and new ones as guests."""
        known = [
            NewCheckIn(p.member, p.community, p.starts_on, home_branch=p.home_branch)
            for p in arrivals
            if p.member is not None
        ]
        new = [
            Admission(
                p.values,
                None,
                starts_on=p.starts_on,
                community=p.community,
                home_branch=p.home_branch,
            )
            for p in arrivals
            if p.values is not None
        ]
        if known:
            check_in_members(known, by=by)
        if new:
            admit_members(new, by=by)


import_kinds.add(MemberRoster(), MobileRegister())
