"""Registrations of this app: proofs of contact, blockers and closers, code words."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from communities import facilities
from communities.actions import close_holding
from communities.chains import CHAIN_SECTION
from communities.coverage import COVERAGES, page_of_bodies
from communities.covers import BLOCKER, CLOSER, COVER_SECTION, MERGER, TODOS
from communities.covers import COVERAGES as COVERAGES_OF_UNITS
from communities.decisions import SITTINGS_SECTION
from communities.dissolutions import MERGERS
from communities.enums import Eligibility
from communities.first_secretaries import SECRETARIES
from communities.glance import LINES, SIDES_SECTION
from communities.honours import HONOURS_IN_LIFE, HONOURS_SECTION
from communities.meeting_querysets import AttendanceQuerySet
from communities.models import (
    Attendance,
    Body,
    BodyDocument,
    Meeting,
    Project,
    SeatHolding,
    ServedPlace,
)
from communities.pay import describe_own_pay
from communities.permissions import can_keep_body, can_see_bodies
from communities.queries import describe_meetings_elsewhere
from communities.structure import RULES
from communities.visits import VISIT_BLOCKER, VISIT_MERGER, VISIT_SECTIONS, VISIT_TODOS
from core.actors import Actor
from core.audit.presentation import label_names, label_values
from core.registries.page_sections import PageSection, page_sections
from core.registries.timeline import timeline_sources
from core.registries.todos import todo_sources
from exchange.document_links import DocumentTarget, declare_target
from figures.coverage import coverages
from members.ends.closers import Departure, MemberCloser, closers
from members.ends.dated_records import DatedRecords, dated_records
from members.enums import DevelopmentStepKind
from members.lost_contacts.contacts import ContactFacts, contact_facts
from organizations.closing_blockers import UNIT, ClosingBlocker, closing_blockers
from organizations.findings import structural_rules
from organizations.first_secretary import first_secretaries
from organizations.glance import glance_lines
from organizations.mergers import mergers
from organizations.place_columns import PlaceColumn, count_by_path, place_columns
from organizations.queries import labels_of_code_list
from organizations.unit_closers import unit_closers


def find_last_attendances(member_ids: Iterable[int]) -> Mapping[int, dt.date]:
    """Return the day each member last attended a meeting, with a vote or without."""
    rows = Attendance.objects.attended().of_valid_meetings()
    return dict(
        rows.filter(member__in=list(member_ids))
        .order_by()
        .values_list("member")
        .annotate(last=Max("meeting__held_on"))
    )


ATTENDANCE = {
    "present": _("present"),
    "absent": _("absent"),
    "guests": _("attending without vote"),
}
label_names("communities.Meeting", ATTENDANCE.get)
label_names("communities.Sitting", ATTENDANCE.get)


def find_called() -> AttendanceQuerySet:
    """Return the members whom their own organization called to a meeting."""
    return Attendance.objects.called().of_valid_meetings()


def find_guests() -> AttendanceQuerySet:
    """Return who attended meetings without a vote, belonging elsewhere."""
    return Attendance.objects.guests().of_valid_meetings()


def page_of_meeting(row: Attendance) -> str:
    """Return the page on which an attendance list is corrected."""
    return row.meeting.get_absolute_url()


dated_records.add(
    DatedRecords(
        "communities.attendance",
        _("on the attendance list of meetings on %(days)s"),
        find_called,
        day="meeting__held_on",
        organization_lookup="meeting__organization",
        keeper="meeting__organization",
        page=page_of_meeting,
    ),
    DatedRecords(
        "communities.guests",
        _("attending meetings without vote on %(days)s"),
        find_guests,
        day="meeting__held_on",
        keeper="meeting__organization",
        page=page_of_meeting,
    ),
)


DECIDED_BY_MEETINGS = (
    DevelopmentStepKind.ACTIVIST,
    DevelopmentStepKind.CANDIDATE,
    DevelopmentStepKind.MEETING,
)


def describe_meetings_behind(record: Any, user: Actor) -> Mapping[str, Any]:
    """Return the minutes of the branch on the day on which it appraised its members."""
    rows = Meeting.objects.visible_to(user).filter(
        organization=record.organization_id, held_on=record.held_on
    )
    return {"meetings": list(rows), "record": record}


def describe_meetings_of_development(record: Any, user: Actor) -> Mapping[str, Any]:
    """Return the minutes of the branch of the days on which it decided on a person."""
    decided = record.steps.filter(kind__in=DECIDED_BY_MEETINGS)
    days = [*decided.values_list("happened_on", flat=True)]
    rows = Meeting.objects.visible_to(user).filter(
        organization=record.organization_id, held_on__in=days
    )
    return {"meetings": [*rows] if days else [], "days": days, "record": record}


page_sections.add(
    CHAIN_SECTION,
    COVER_SECTION,
    SIDES_SECTION,
    HONOURS_SECTION,
    SITTINGS_SECTION,
    *VISIT_SECTIONS,
    facilities.FACILITY_SECTION,
    PageSection(
        "communities.own_pay",
        "members.Member",
        "communities/_own_pay.html",
        describe_own_pay,
    ),
    PageSection(
        "communities.meetings_elsewhere",
        "members.Member",
        "communities/_meetings_elsewhere.html",
        describe_meetings_elsewhere,
    ),
    PageSection(
        "communities.development",
        "members.Development",
        "communities/_meetings_of_development.html",
        describe_meetings_of_development,
    ),
    PageSection(
        "communities.appraisal",
        "members.AppraisalRound",
        "communities/_meetings_behind.html",
        describe_meetings_behind,
    ),
)
timeline_sources.add(HONOURS_IN_LIFE)
coverages.add(*COVERAGES, *COVERAGES_OF_UNITS)
structural_rules.add(*RULES)
glance_lines.add(*LINES)
todo_sources.add(TODOS, VISIT_TODOS, facilities.FACILITY_TODOS)


mergers.add(*MERGERS, MERGER, VISIT_MERGER, facilities.FACILITY_MERGER)
unit_closers.add(CLOSER)


def count_bodies(_reader: Actor, paths: Sequence[str]) -> Mapping[str, int]:
    """Count the bodies of each organization that go on."""
    return count_by_path(Body.objects.running(), "organization", paths)


place_columns.add(
    PlaceColumn(
        "communities.bodies",
        _("bodies"),
        count_bodies,
        page_of_bodies,
        lambda reader, _place: can_see_bodies(reader),
        rank=20,
    )
)
contact_facts.add(
    ContactFacts(
        "communities.attendance", find_last_attendances, is_organization_life=True
    )
)
closing_blockers.add(
    *(BLOCKER, VISIT_BLOCKER, facilities.FACILITY_BLOCKER),
    ClosingBlocker(
        "communities.projects",
        _("projects: %(count)s (give them an end)"),
        Project.objects.all,
        until="ends_on",
    ),
    ClosingBlocker(
        "communities.unit_projects",
        _("projects: %(count)s (give them an end)"),
        Project.objects.all,
        closes=UNIT,
        column="unit",
        until="ends_on",
    ),
    ClosingBlocker(
        "communities.bodies",
        _("bodies: %(count)s (end them)"),
        Body.objects.all,
        until="ends_on",
    ),
    ClosingBlocker(
        "communities.places",
        _("places served: %(count)s (end them)"),
        ServedPlace.objects.all,
        until="ends_on",
    ),
    ClosingBlocker(
        "communities.delegates",
        _("seats held by its delegates: %(count)s (vacate them)"),
        SeatHolding.objects.all,
        closes=UNIT,
        column="unit",
        until="ends_on",
    ),
)


def open_holdings() -> QuerySet[SeatHolding]:
    """Return what is held without an end."""
    rows: QuerySet[SeatHolding] = SeatHolding.objects.open_ended()
    return rows.select_related("seat__body")


def seats_left_behind(
    rows: QuerySet[SeatHolding], departure: Departure
) -> list[SeatHolding]:
    """Return the seats that a member loses who leaves an organization.

    These are the seats in its bodies, and in those of the organizations above it, if
    only Party members sit in them; unless the member stays below those organizations.
    """
    alone = rows.filter(seat__body__kind__open_to=Eligibility.MEMBERS)
    found = []
    for row in alone.select_related("seat__body__organization"):
        path = row.seat.body.organization.path
        stays = departure.to is not None and departure.to.path.startswith(path)
        if departure.left.path.startswith(path) and not stays:
            found.append(row)
    return found


closers.add(
    MemberCloser(
        "communities.seats",
        _("seats vacated: %(count)s"),
        open_holdings,
        close_holding,
        leaving=seats_left_behind,
    )
)
label_values("communities.NonMember", education=labels_of_code_list("education"))
for labelled in ("communities.SeatHolding", "communities.Applicant"):
    label_values(labelled, recruited_from=labels_of_code_list("recruited_from"))
label_values("communities.Candidate", traits=labels_of_code_list("candidate_traits"))
label_names("communities.Candidate", {"traits": _("Traits")}.get)
label_values(
    "communities.CandidateTrait", trait=labels_of_code_list("candidate_traits")
)
label_values(
    "communities.SeatPay",
    source=labels_of_code_list("pay_sources"),
    grade=labels_of_code_list("worker_grades"),
)
label_values(
    "communities.SeatFiling",
    level=labels_of_code_list("filing_levels"),
    standing=labels_of_code_list("cadre_standings"),
)
label_values("communities.Honour", level=labels_of_code_list("honour_levels"))
label_values("communities.UnitCover", kind=labels_of_code_list("cover_kinds"))
label_values("communities.Visit", kind=labels_of_code_list("visit_kinds"))
label_values("communities.Reserve", level=labels_of_code_list("reserve_levels"))
declare_target(DocumentTarget("body", BodyDocument, can_keep_body))
first_secretaries.connect(SECRETARIES)
