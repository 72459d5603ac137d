"""The yearly appraisal of a branch: open it, enter grades, close it (R-44, R-45)."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from core.db.querysets import current_on
from core.months import refuse_future_day
from members.enums import AppraisalPart, Grade, LostState, NoGrade, RoundState, Standing
from members.errors import (
    AppraisalMonthClosed,
    AppraisalNotOpen,
    GradesMissing,
    NobodyToAppraise,
    TooManyExcellent,
    WrongAppraisalYear,
)
from members.models import (
    Affiliation,
    Appraisal,
    AppraisalRound,
    LostContact,
    Member,
    MobileRecord,
)
from organizations.actions import request_recount
from organizations.models import Organization
from organizations.queries import counting_month, is_closed


@action(label=_("Appraisal opened"))
def open_appraisal(
    organization: Organization,
    *,
    year: int,
    held_on: dt.date,
    basis: str,
    by: Actor | None,
) -> AppraisalRound:
    """Open a branch's appraisal of a year, with whoever belonged to it on the day."""
    refuse_future_day(held_on)
    if held_on.year not in {year, year + 1}:
        raise WrongAppraisalYear(year=year, day=held_on)
    row = AppraisalRound(
        organization=organization, year=year, held_on=held_on, basis=basis
    )
    validate(row)
    row.save()
    taking_part = list(_list_members(row))
    if not any(one.part == AppraisalPart.GRADED for one in taking_part):
        raise NobodyToAppraise(day=held_on, organization=organization)
    Appraisal.objects.bulk_create(taking_part, batch_size=500)
    audit.record(row, by=by, organization_id=organization.pk, after=audit.snapshot(row))
    return row


def _list_members(row: AppraisalRound) -> list[Appraisal]:
    """Return an entry for everybody who belonged to the branch on the day."""
    here = Affiliation.objects.filter(
        current_on(row.held_on), organization=row.organization
    )
    members = Member.objects.filter(pk__in=here.order_by().values("member"))
    suspended = {
        *LostContact.objects.filter(
            state=LostState.SUSPENDED, suspended_on__lte=row.held_on
        ).values_list("member", flat=True)
    }
    away = {*MobileRecord.objects.current(row.held_on).values_list("member", flat=True)}
    return [
        Appraisal(
            round=row,
            member=member,
            part=_part_of(member, row.held_on, suspended=member.pk in suspended),
            away=member.pk in away,
        )
        for member in members.order_by("sort_key", "pk")
    ]


def _part_of(member: Member, day: dt.date, *, suspended: bool) -> AppraisalPart:
    """Return as what somebody takes part: as they were on the day (R-45)."""
    if suspended:
        return AppraisalPart.SUSPENDED
    since = member.full_member_date
    if member.standing == Standing.PROBATIONARY or (since is not None and since > day):
        return AppraisalPart.PROBATIONARY
    return AppraisalPart.GRADED


@action(label=_("Grades entered"))
def enter_grades(
    row: AppraisalRound, grades: Mapping[int, str], *, by: Actor | None
) -> AppraisalRound:
    """Enter what each full member was graded, or why not; keyed by their entry.

    Refuses more excellent ones than the share allows (R-44).
    """
    row = _lock_open(row)
    entries = list(row.appraisals.to_grade().select_related("member"))
    before = {entry.pk: audit.snapshot(entry, "grade", "no_grade") for entry in entries}
    for entry in entries:
        value = grades.get(entry.pk, entry.grade or entry.no_grade)
        entry.grade = value if value in Grade.values else ""
        entry.no_grade = value if value in NoGrade.values else ""
    refuse_too_many_excellent(row, entries)
    validate_all(entries)
    Appraisal.objects.bulk_update(entries, ["grade", "no_grade"], batch_size=500)
    events = [
        audit.AuditEvent(entry, row.organization_id, before[entry.pk], after)
        for entry in entries
        if (after := audit.snapshot(entry, "grade", "no_grade")) != before[entry.pk]
    ]
    audit.record_many(events, by=by)
    if events:  # the appraisal itself tells who entered grades last
        changed = {"grades_entered": len(events)}
        audit.record(row, by=by, organization_id=row.organization_id, after=changed)
    return row


def refuse_too_many_excellent(row: AppraisalRound, entries: list[Appraisal]) -> None:
    """Refuse more excellent full members than the share allows (R-44)."""
    count = sum(entry.grade == Grade.EXCELLENT for entry in entries)
    most = row.most_excellent(len(entries))
    if count > most:
        raise TooManyExcellent(members=len(entries), most=most, count=count)


@action(label=_("Appraisal closed"))
def close_appraisal(row: AppraisalRound, *, by: Actor | None) -> AppraisalRound:
    """Close an appraisal in which everybody has a grade, or a reason for none."""
    row = _lock_open(row)
    owed = row.appraisals.owed().select_related("member")
    if names := [entry.member.name for entry in owed]:
        raise GradesMissing(names="、".join(names))
    row.state = RoundState.CLOSED
    row.month = counting_month(row.organization, row.held_on)
    _save(row, by, "state", "month")
    request_recount([(row.organization_id, row.month)])
    return row


@action(label=_("Appraisal opened again"))
def reopen_appraisal(
    row: AppraisalRound, *, reason: str, by: Actor | None
) -> AppraisalRound:
    """Open a closed appraisal again, as long as its month is open."""
    row = _lock(row)
    if row.state != RoundState.CLOSED:
        raise AppraisalNotOpen(state=row.get_state_display())
    _uncount(row)
    row.state, row.month = RoundState.OPEN, None
    _save(row, by, "state", "month", reason=reason)
    return row


@action(label=_("Appraisal voided"))
def void_appraisal(
    row: AppraisalRound, *, reason: str, by: Actor | None
) -> AppraisalRound:
    """Void an appraisal that was opened by mistake; it stays on record."""
    row = _lock(row)
    if row.state == RoundState.VOIDED:
        raise AppraisalNotOpen(state=row.get_state_display())
    _uncount(row)
    row.state, row.month, row.reason = RoundState.VOIDED, None, reason
    _save(row, by, "state", "month", "reason", reason=reason)
    return row


def _uncount(row: AppraisalRound) -> None:
    """Ask for the month to be counted again; refuse a closed one."""
    if row.month is None:
        return
    if is_closed(row.organization, row.month):
        raise AppraisalMonthClosed
    request_recount([(row.organization_id, row.month)])


def _lock(row: AppraisalRound) -> AppraisalRound:
    rows = AppraisalRound.objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=row.pk)


def _lock_open(row: AppraisalRound) -> AppraisalRound:
    row = _lock(row)
    if not row.is_open:
        raise AppraisalNotOpen(state=row.get_state_display())
    return row


def _save(
    row: AppraisalRound, by: Actor | None, *columns: str, reason: str = ""
) -> None:
    validate(row)
    row.save(update_fields=columns)
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        after=audit.snapshot(row, *columns),
        reason=reason,
    )
