"""Publish: draft, approve by a second person, take the place of, withdraw (R-72)."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from exchange.errors import (
    AlreadyReplaced,
    AlreadyWithdrawn,
    NoDraft,
    OwnDraft,
    ReplacedTooEarly,
)
from exchange.models import Publication
from exchange.personal_data import strip_personal_data
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization


def lock_publication(publication: Publication) -> Publication:
    """Read the publication again and lock it until the action ends."""
    rows = Publication.objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=publication.pk)


@action(label=_("Publication drafted"))
def draft_publication(
    organization: Organization,
    *,
    by: Actor | None,
    replaces: Publication | None = None,
    **values: Any,
) -> Publication:
    """Draft what an organization wants to publish; nobody else reads it yet."""
    refuse_ended(organization)
    if replaces is not None:
        _refuse_second_successor(replaces)
    publication = Publication(
        organization=organization,
        replaces=replaces,
        drafted_by_id=getattr(by, "pk", None),
        drafted_at=timezone.now(),
        **values,
    )
    validate(publication)
    publication.save()
    audit.record(
        publication,
        by=by,
        organization_id=organization.pk,
        after=audit.snapshot(publication),
    )
    return publication


def _refuse_second_successor(former: Publication) -> None:
    if Publication.objects.filter(replaces=former).exists():
        raise AlreadyReplaced(title=former.title)


@action(label=_("Draft changed"))
def change_draft(
    publication: Publication, *, by: Actor | None, **values: Any
) -> Publication:
    """Change a draft; whoever wrote last cannot be the one who approves."""
    publication = lock_publication(publication)
    _refuse_no_draft(publication)
    before = audit.snapshot(publication, *values)
    for name, value in values.items():
        setattr(publication, name, value)
    publication.drafted_by_id = getattr(by, "pk", None)
    publication.drafted_at = timezone.now()
    validate(publication)
    publication.save(update_fields=[*values, "drafted_by", "drafted_at"])
    audit.record(
        publication,
        by=by,
        organization_id=publication.organization_id,
        before=before,
        after=audit.snapshot(publication, *values),
    )
    return publication


def _refuse_no_draft(publication: Publication) -> None:
    if publication.approved_at is not None or publication.withdrawn_at is not None:
        raise NoDraft(title=publication.title, state=publication.state.label)


@action(label=_("Publication approved"))
def approve_publication(publication: Publication, *, by: Actor | None) -> Publication:
    """Approve a draft of somebody else; it is shown from its first day.

    What strangers will read is stored without names and numbers of people. What it
    takes the place of is shown until the day before.
    """
    publication = lock_publication(publication)
    _refuse_no_draft(publication)
    approver = getattr(by, "pk", None)
    if approver is not None and approver == publication.drafted_by_id:
        raise OwnDraft
    publication.approved_by_id, publication.approved_at = approver, timezone.now()
    for name, value in public_words(publication).items():
        setattr(publication, name, value)
    validate(publication)
    written = ["approved_by", "approved_at"]
    publication.save(
        update_fields=[*written, "public_title", "public_text", "public_basis"]
    )
    if publication.replaces is not None:
        _end_former(publication.replaces, publication.starts_on, by)
    audit.record(
        publication,
        by=by,
        organization_id=publication.organization_id,
        after=audit.snapshot(publication, *written),
    )
    return publication


def public_words(publication: Publication) -> dict[str, str]:
    """Return what strangers read of a publication: without names and numbers."""
    basis = str(publication.document) if publication.document_id else ""
    words = {
        "public_title": publication.title,
        "public_text": publication.text,
        "public_basis": basis,
    }
    return {
        name: strip_personal_data(text, publication.organization)
        for name, text in words.items()
    }


def _end_former(former: Publication, day: dt.date, by: Actor | None) -> None:
    """Let what is replaced end on the day on which the new one begins."""
    former = lock_publication(former)
    if former.starts_on >= day:
        raise ReplacedTooEarly(day=day, former=former.starts_on)
    if former.ends_on is not None and former.ends_on <= day:
        return
    former.ends_on = day
    former.save(update_fields=["ends_on"])
    audit.record(
        former,
        by=by,
        organization_id=former.organization_id,
        after=audit.snapshot(former, "ends_on"),
    )


@action(label=_("Publication withdrawn"))
def withdraw_publication(
    publication: Publication, *, by: Actor | None, reason: str
) -> Publication:
    """Take a draft or what is shown back at once; it stays on record."""
    publication = lock_publication(publication)
    if publication.withdrawn_at is not None:
        raise AlreadyWithdrawn(title=publication.title)
    publication.withdrawn_at = timezone.now()
    publication.withdrawal_reason = reason
    publication.replaces = None
    publication.save(update_fields=["withdrawn_at", "withdrawal_reason", "replaces"])
    audit.record(
        publication,
        by=by,
        organization_id=publication.organization_id,
        after=audit.snapshot(publication, "withdrawn_at"),
        reason=reason,
    )
    return publication
