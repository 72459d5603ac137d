"""The way from applicant to member: start it, record its steps, end it (R-33, R-34)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.identity import identity_index
from core.months import refuse_future_day, years_before
from members.actions.admission import add_derived_values, admit_member
from members.development.steps import (
    RULE_OF,
    days_of,
    development_terms,
    is_ready_to_admit,
)
from members.enums import (
    Category,
    DevelopmentState,
    DevelopmentStepKind,
    Standing,
    StartReason,
)
from members.errors import (
    ApplicantTooYoung,
    DevelopmentIsOver,
    IsMemberAlready,
    NotFullMember,
    NothingToTakeBack,
    StepComesLater,
    StepsMissing,
    StepTooEarly,
    StepTooLate,
    TooLittleTraining,
)
from members.models import Development, DevelopmentStep, Member
from members.unusual_dates import ADULT_AGE
from organizations.actions import refuse_ended, request_recount
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold

K = DevelopmentStepKind
STAGE_COLUMNS = {K.ACTIVIST: "activist_on", K.CANDIDATE: "candidate_on"}
PARTICULARS = ("name", "phone", "ethnicity", "education", "organization")


@action(label=_("Application recorded"))
def start_development(
    organization: Organization, *, applied_on: dt.date, by: Actor | None, **values: Any
) -> Development:
    """Record that somebody applied for membership; refuse members and minors."""
    refuse_future_day(applied_on)
    refuse_ended(organization)
    row = Development(
        organization=organization, applied_on=applied_on, **add_derived_values(values)
    )
    _refuse_members(row)
    if row.birth_date > years_before(applied_on, ADULT_AGE):
        raise ApplicantTooYoung(name=row.name, day=applied_on)
    validate(row)
    row.save()
    DevelopmentStep.objects.create(
        development=row, kind=K.APPLIED, happened_on=applied_on
    )
    request_recount([(organization.pk, applied_on)])
    names = ("name", "id_number", "phone", "education", "ethnicity", "applied_on")
    _record(row, by, after=audit.snapshot(row, *names))
    return row


@action(label=_("Record of an applicant corrected"))
def change_development(
    row: Development, *, by: Actor | None, **values: Any
) -> Development:
    """Correct the particulars of somebody on the way to membership, or the branch."""
    row = _lock_open(row)
    before = audit.snapshot(row, *PARTICULARS)
    former = row.organization_id
    for name, value in values.items():
        setattr(row, name, value)
    sources = {name: getattr(row, name) for name in ("id_number", "phone", "name")}
    for name, value in add_derived_values(sources).items():
        setattr(row, name, value)
    if row.organization_id != former:
        refuse_ended(row.organization)
    validate(row)
    row.save()
    # Earlier open months count the record by what it says now.
    places = {former, row.organization_id}
    request_recount((place, row.applied_on) for place in places)
    _record(row, by, before=before, after=audit.snapshot(row, *PARTICULARS))
    return row


@action(label=_("Step towards membership recorded"))
def record_development_step(
    row: Development,
    *,
    kind: DevelopmentStepKind,
    happened_on: dt.date,
    by: Actor | None,
    **values: Any,
) -> DevelopmentStep:
    """Record the next step of somebody; refuse one out of order, or out of time."""
    row = _lock_open(row)
    refuse_future_day(happened_on)
    kind = DevelopmentStepKind(kind)
    days = days_of(row.steps.all())
    _refuse_out_of_time(kind, happened_on, days)
    _refuse_short_training(kind, happened_on, values.get("hours"))
    for person in (values.get("first_person"), values.get("second_person")):
        _refuse_other_than_full(person, happened_on)
    before = [days[name] for name in RULE_OF[kind].after]
    step = DevelopmentStep(
        development=row,
        kind=kind,
        happened_on=happened_on,
        after_on=max(before, default=None),
        **values,
    )
    validate(step)
    step.save()
    if column := STAGE_COLUMNS.get(kind):
        setattr(row, column, happened_on)
        validate(row)
        row.save(update_fields=[column])
        request_recount([(row.organization_id, happened_on)])
    _record(step, by, row=row, after=audit.snapshot(step))
    return step


@action(label=_("Step towards membership taken back"))
def take_back_step(row: Development, *, reason: str, by: Actor | None) -> None:
    """Void the step recorded last; the application itself stays."""
    row = _lock_open(row)
    step = last_step(row)
    if step is None:
        raise NothingToTakeBack
    step.save(update_fields=step.void(reason))
    if column := STAGE_COLUMNS.get(DevelopmentStepKind(step.kind)):
        setattr(row, column, None)
        row.save(update_fields=[column])
        request_recount([(row.organization_id, step.happened_on)])
    audit.record_void(
        step,
        by=by,
        organization_id=row.organization_id,
        reason=reason,
        values=audit.snapshot(step, "kind", "happened_on"),
    )


def last_step(row: Development) -> DevelopmentStep | None:
    """Return the step that was recorded last, other than the application."""
    steps = row.steps.exclude(kind=K.APPLIED).order_by("-pk")
    found: DevelopmentStep | None = steps.first()
    return found


@action(label=_("Development stopped"))
def stop_development(
    row: Development, *, on: dt.date, reason: str, by: Actor | None
) -> Development:
    """Stop the development of somebody, with the reason; the record stays."""
    row = _lock_open(row)
    refuse_future_day(on)
    row.state, row.closed_on = DevelopmentState.STOPPED, on
    row.reason = reason
    _finish(row, by, reason=reason)
    return row


@action(label=_("Admitted from the finished development"))
def admit_developed(row: Development, *, category: str, by: Actor | None) -> Member:
    """Enter the member to whom a finished development led (R-33, R-34).

    The membership begins on the day of the branch meeting, and counts from the month of
    the approval on, as with every admission.
    """
    row = _lock_open(row)
    days = days_of(row.steps.all())
    if not is_ready_to_admit(row):
        raise StepsMissing(name=row.name)
    member = admit_member(
        by=by,
        organization=row.organization,
        starts_on=days[K.MEETING],
        reason=StartReason.DEVELOPED,
        approved_on=days[K.APPROVED],
        join_date=days[K.MEETING],
        standing=Standing.PROBATIONARY,
        category=Category(category),
        **{
            name: getattr(row, name)
            for name in (
                *("name", "sex", "id_number", "birth_date"),
                *("phone", "ethnicity", "education"),
            )
        },
    )
    row.state, row.closed_on = DevelopmentState.ADMITTED, days[K.APPROVED]
    row.member = member
    _finish(row, by)
    return member


@action(label=_("Record of an applicant looked at"), discloses=True)
def record_development_look(row: Development, *, by: User) -> None:
    """Record who viewed the record of somebody on the way to membership."""
    record_access(row, by=by, organization_id=row.organization_id)


def _refuse_members(row: Development) -> None:
    known = Member.objects.current().filter(id_index=identity_index(row.id_number))
    if known.exists():
        raise IsMemberAlready


def _refuse_out_of_time(
    kind: DevelopmentStepKind, day: dt.date, days: dict[str, dt.date]
) -> None:
    rule, terms = RULE_OF[kind], development_terms()
    missing = [name.label for name in rule.after if name not in days]
    if missing:
        raise StepComesLater(
            step=kind.label, missing="、".join(str(label) for label in missing)
        )
    earliest = rule.earliest.day_after(days, terms) if rule.earliest else None
    if earliest is not None and day < earliest:
        raise StepTooEarly(step=kind.label, day=earliest)
    latest = rule.latest.day_after(days, terms) if rule.latest else None
    if latest is not None and day > latest:
        raise StepTooLate(step=kind.label, day=latest)


def _refuse_short_training(
    kind: DevelopmentStepKind, day: dt.date, hours: int | None
) -> None:
    if kind != K.TRAINED:
        return
    least = Threshold.objects.on(ThresholdKey.TRAINING_HOURS, day)
    if hours is None or hours < least:
        raise TooLittleTraining(hours=least)


def _refuse_other_than_full(person: Member | None, day: dt.date) -> None:
    if person is None:
        return
    since = person.full_member_date
    is_full = person.standing == Standing.FULL and (since is None or since <= day)
    if not is_full or (person.ended_on is not None and person.ended_on <= day):
        raise NotFullMember(name=person.name, day=day)


def _lock_open(row: Development) -> Development:
    rows = Development.objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    if not row.is_open:
        raise DevelopmentIsOver(name=row.name, state=row.get_state_display())
    return row


def _finish(row: Development, by: Actor | None, reason: str = "") -> None:
    validate(row)
    columns = ["state", "closed_on", "reason", "member"]
    row.save(update_fields=columns)
    if row.closed_on is not None:
        request_recount([(row.organization_id, row.closed_on)])
    _record(row, by, after=audit.snapshot(row, *columns), reason=reason)


def _record(
    subject: Any, by: Actor | None, *, row: Development | None = None, **entry: Any
) -> None:
    place = (row or subject).organization_id
    audit.record(subject, by=by, organization_id=place, **entry)
