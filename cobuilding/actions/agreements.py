"""Draft, sign and end agreements."""

import datetime as dt
import hashlib
import json

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cobuilding.enums import AgreementState, Side
from cobuilding.errors import (
    AlreadyEnded,
    AlreadySigned,
    DueOutsideTerm,
    NoTargets,
    NotOpenToSigning,
    SideHasSigned,
    TermsChanged,
)
from cobuilding.models import Agreement
from cobuilding.notices import notify_awaiting, notify_ended, notify_in_force
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from organizations.actions import refuse_non_community, request_recount
from organizations.models import Organization, Unit

TERMS = ("title", "unit_id", "organization_id", "starts_on", "ends_on")
PROMISED = (
    *("project", "indicator", "work_of", "goal", "baseline"),
    *("due_on", "owner_name"),
)
SIGNED = {
    Side.UNIT: AgreementState.SIGNED_BY_UNIT,
    Side.COMMUNITY: AgreementState.SIGNED_BY_COMMUNITY,
}


def lock_draft(agreement: Agreement) -> Agreement:
    """Lock an agreement that nobody has signed yet; refuse any other."""
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if not locked.is_draft:
        raise AlreadySigned(title=locked.title)
    return locked


def refuse_due_outside(agreement: Agreement, due_on: dt.date) -> None:
    """Refuse a target that falls due outside the agreement's term."""
    if not agreement.starts_on <= due_on < agreement.ends_on:
        raise DueOutsideTerm(
            day=due_on, first=agreement.starts_on, last=agreement.last_day
        )


@action(label=_("Agreement drafted"))
def draft_agreement(
    title: str,
    *,
    unit: Unit,
    organization: Organization,
    starts_on: dt.date,
    ends_on: dt.date,
    by: Actor | None,
) -> Agreement:
    """Draft an agreement between a unit and a community."""
    refuse_non_community(organization)
    agreement = Agreement(
        title=title,
        unit=unit,
        organization=organization,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    validate(agreement)
    agreement.save()
    audit.record(
        agreement,
        by=by,
        organization_id=organization.pk,
        after=audit.snapshot(agreement),
    )
    return agreement


@action(label=_("Agreement corrected"))
def change_agreement(
    agreement: Agreement, *, by: Actor | None, **values: object
) -> Agreement:
    """Correct a draft; nothing changes once a side has signed."""
    agreement = lock_draft(agreement)
    with audit.recording(
        agreement, *values, by=by, organization_id=agreement.organization_id
    ):
        for name, value in values.items():
            setattr(agreement, name, value)
        validate(agreement)
        for target in agreement.targets.all():
            refuse_due_outside(agreement, target.due_on)
        agreement.save(update_fields=[*values])
    return agreement


def terms_of(agreement: Agreement) -> str:
    """Digest what is signed: the agreement's texts and days, and all of its targets.

    Signatures of the other side are not part of it.
    """
    terms = [
        [f"{getattr(agreement, name)}" for name in TERMS],
        *agreement.targets.order_by("pk").values_list(*PROMISED),
    ]
    return hashlib.sha256(json.dumps(terms, default=str).encode()).hexdigest()


@action(label=_("Agreement signed"))
def sign_agreement(
    agreement: Agreement,
    side: Side,
    *,
    by: User,
    terms: str | None = None,
    at: dt.datetime | None = None,
) -> Agreement:
    """Sign for one side; with the second signature the agreement is in force.

    The row is locked, so that both of two concurrent signatures count. A person who has
    read `terms` signs only these.
    """
    moment = at or timezone.now()
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if terms is not None and terms != terms_of(agreement):
        raise TermsChanged(title=agreement.title)
    before = audit.snapshot(agreement, "state")
    _refuse_signing(agreement, side)
    setattr(agreement, f"signed_by_{side.value}", by)
    setattr(agreement, f"signed_by_{side.value}_at", moment)
    agreement.state = SIGNED[side]
    if agreement.is_signed_by(side.other):
        agreement.state = AgreementState.IN_FORCE
        agreement.in_force_on = timezone.localdate(moment)
        request_recount([(agreement.organization_id, agreement.starts_on)])
        notify_in_force(agreement, signed_by=by)
    else:
        notify_awaiting(agreement, side.other, signed_by=by)
    validate(agreement)
    agreement.save(
        update_fields=[
            f"signed_by_{side.value}",
            f"signed_by_{side.value}_at",
            "state",
            "in_force_on",
        ]
    )
    audit.record(
        agreement,
        by=by,
        organization_id=agreement.organization_id,
        before=before,
        after={**audit.snapshot(agreement, "state"), "side": side.value},
    )
    return agreement


def _refuse_signing(agreement: Agreement, side: Side) -> None:
    if agreement.is_signed_by(side):
        raise SideHasSigned(side=side.label, title=agreement.title)
    if agreement.state == AgreementState.ENDED:
        raise NotOpenToSigning(title=agreement.title)
    if not agreement.targets.exists():
        raise NoTargets(title=agreement.title)


@action(label=_("Agreement ended"))
def end_agreement(agreement: Agreement, *, by: Actor | None, reason: str) -> Agreement:
    """End an agreement today, or drop a draft; both stay on record with both ends.

    Both sides are notified of who ended it and why.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if agreement.state == AgreementState.ENDED:
        day = agreement.ended_on or agreement.ends_on
        raise AlreadyEnded(name=agreement.title, day=day)
    before = audit.snapshot(agreement, "state", "ends_on")
    changed = agreement.end_today()
    agreement.state = AgreementState.ENDED
    agreement.end_reason = reason
    agreement.ended_by_id = by.pk if by is not None else None
    validate(agreement)
    agreement.save(update_fields=[*changed, "state", "end_reason", "ended_by"])
    request_recount([(agreement.organization_id, agreement.ends_on)])
    audit.record(
        agreement,
        by=by,
        organization_id=agreement.organization_id,
        before=before,
        after=audit.snapshot(agreement, "state", *changed),
        reason=reason,
    )
    notify_ended(agreement)
    return agreement
