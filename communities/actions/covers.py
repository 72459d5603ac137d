"""Record how units are covered by Party organizations, and what becomes of it."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.succession import follow, refuse_voided, void_following
from communities.enums import JOINT_BRANCH
from communities.models import UnitCover
from communities.staffing_errors import (
    CoverEnded,
    CoverEndsTooEarly,
    CoverOfElsewhere,
    CoverUnlikeItsKind,
    UnitLeftTheRegister,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.errors import ConstraintViolated
from core.months import refuse_future_day, today
from organizations.actions.refusals import refuse_before_founding, refuse_ended
from organizations.enums import FILING
from organizations.models import CodeItem, Organization, Unit
from organizations.queries import filing_organization


@action(label=_("Cover of a unit recorded"))
def cover_unit(
    unit: Unit,
    *,
    kind: str,
    organization: Organization,
    by: Actor | None,
    contact: str = "",
    starts_on: dt.date | None = None,
) -> UnitCover:
    """Record by which organization a unit is covered from a day on (S2-28).

    The former cover ends there. Refuses organizations that do not fit the kind or did
    not exist on that day, and of other communities unless the branch is a joint one.
    """
    day = starts_on or today()
    refuse_future_day(day)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.ended_on is not None:
        raise UnitLeftTheRegister(name=unit.name, day=unit.ended_on)
    refuse_ended(organization)
    refuse_before_founding(organization, day)
    _refuse_unlike(kind, organization)
    if kind != JOINT_BRANCH:
        _refuse_elsewhere(unit, organization)
    cover = UnitCover(
        unit=unit,
        kind=kind,
        organization=organization,
        contact=contact,
        starts_on=day,
    )
    follow(_covers_of(unit), cover)
    audit.record(
        cover, by=by, organization_id=unit.host_id, after=audit.snapshot(cover)
    )
    return cover


@action(label=_("Cover of a unit ended"))
def end_cover(
    cover: UnitCover, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> UnitCover:
    """End a cover, so that none covers the unit; on its first day, void the entry."""
    cover = _lock_cover(cover)
    refuse_over(cover)
    day = on or today()
    refuse_future_day(day)
    if day < cover.starts_on:
        raise CoverEndsTooEarly(first=cover.starts_on, day=day)
    close_cover(cover, on=day, by=by, reason=reason)
    return cover


def close_cover(
    cover: UnitCover, *, on: dt.date, by: Actor | None, reason: str
) -> None:
    """End a cover that goes on, or void the entry if it began on the day or later."""
    if on <= cover.starts_on:
        cover.save(update_fields=cover.void(reason))
        audit.record_void(
            cover, by=by, organization_id=cover.unit.host_id, reason=reason
        )
        return
    cover.ends_on = on
    cover.save(update_fields=["ends_on"])
    audit.record(
        cover,
        by=by,
        organization_id=cover.unit.host_id,
        after=audit.snapshot(cover, "ends_on"),
        reason=reason,
    )


@action(label=_("Covers of units go on"))
def reopen_cover(cover: UnitCover, *, on: dt.date, by: Actor | None) -> None:
    """Let a cover go on that ended on a day by mistake, unless another one followed.

    One that began on the day or later was voided by it, and holds again.
    """
    cover = _lock_cover(cover)
    was_voided = cover.voided_at is not None and cover.starts_on >= on
    ended = cover.voided_at is None and cover.ends_on == on
    if not (was_voided or ended) or cover.unit.ended_on:
        return
    columns = ["ends_on", "voided_at", "void_reason"]
    before = audit.snapshot(cover, *columns)
    cover.ends_on, cover.voided_at, cover.void_reason = None, None, ""
    try:
        validate(cover)
    except ConstraintViolated:
        return
    cover.save(update_fields=columns)
    audit.record(
        cover,
        by=by,
        organization_id=cover.unit.host_id,
        before=before,
        after=audit.snapshot(cover, *columns),
    )


@action(label=_("Cover of a unit voided"))
def void_cover(cover: UnitCover, *, by: Actor | None, reason: str) -> UnitCover:
    """Void a cover entered by mistake; the one before it goes on."""
    cover = _lock_cover(cover)
    void_following(_covers_of(cover.unit), cover, reason)
    audit.record_void(cover, by=by, organization_id=cover.unit.host_id, reason=reason)
    return cover


def refuse_over(cover: UnitCover) -> None:
    """Refuse to end a cover that was voided or has ended."""
    refuse_voided(cover)
    if cover.ends_on is not None:
        raise CoverEnded(day=cover.ends_on)


def _refuse_unlike(kind: str, organization: Organization) -> None:
    """Refuse an organization of a kind that does not fit the kind of cover."""
    item = CodeItem.objects.listed("cover_kinds").get(code=kind)
    fitting = str(item.attributes.get("organizations") or "").split()
    if fitting and organization.kind not in fitting:
        raise CoverUnlikeItsKind(
            name=organization.name,
            kind=organization.get_kind_display(),
            cover=item.label,
        )


def _refuse_elsewhere(unit: Unit, organization: Organization) -> None:
    """Refuse an organization of another community than the unit's."""
    community, host = filing_organization(organization), filing_organization(unit.host)
    if community.kind in FILING and community != host:
        raise CoverOfElsewhere(
            name=organization.name,
            community=community.name,
            unit=unit.name,
            host=host.name,
        )


def _covers_of(unit: Unit) -> QuerySet[UnitCover]:
    rows: QuerySet[UnitCover] = UnitCover.objects.filter(unit=unit)
    return rows


def _lock_cover(cover: UnitCover) -> UnitCover:
    rows = UnitCover.all_objects.select_for_update(of=("self",))
    return rows.select_related("unit", "organization").get(pk=cover.pk)
