"""Keep documents: enter, correct, replace by a new version, void."""

import datetime as dt
from io import BytesIO
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from exchange.actions.files import store_file
from exchange.content_types import DOCUMENT_TYPES, content_type_of
from exchange.errors import (
    AlreadyReplaced,
    DocumentInUse,
    ReplacedTooEarly,
    UnwantedFile,
)
from exchange.models import Attachment, Document
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization


def lock_document(document: Document) -> Document:
    """Read the document again and lock it until the action ends."""
    rows = Document.objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=document.pk)


@action(label=_("Document entered"))
def enter_document(
    organization: Organization,
    *,
    by: Actor | None,
    upload: File | None = None,
    **values: Any,
) -> Document:
    """Enter a document that an organization keeps, with its file if there is one."""
    refuse_ended(organization)
    document = Document(organization=organization, **values)
    document.file = _keep(upload, organization, by)
    validate(document)
    document.save()
    audit.record(
        document, by=by, organization_id=organization.pk, after=audit.snapshot(document)
    )
    return document


def _keep(
    upload: File | None, organization: Organization, by: Actor | None
) -> Attachment | None:
    """Store the file of a document, if its bytes are of a type that is taken."""
    if not upload:
        return None
    head = BytesIO(b"".join(upload.chunks()))
    if content_type_of(head) not in DOCUMENT_TYPES:
        raise UnwantedFile
    return store_file(upload, organization=organization, by=by)


@action(label=_("Document corrected"))
def change_document(
    document: Document, *, by: Actor | None, upload: File | None = None, **values: Any
) -> Document:
    """Correct what was typed of a document, or give it its file."""
    document = lock_document(document)
    if file := _keep(upload, document.organization, by):
        values["file"] = file
    before = audit.snapshot(document, *values)
    for name, value in values.items():
        setattr(document, name, value)
    validate(document)
    document.save(update_fields=[*values])
    audit.record(
        document,
        by=by,
        organization_id=document.organization_id,
        before=before,
        after=audit.snapshot(document, *values),
    )
    return document


@action(label=_("Document replaced"))
def replace_document(
    document: Document,
    *,
    starts_on: dt.date,
    by: Actor | None,
    upload: File | None = None,
    **values: Any,
) -> Document:
    """Enter a new version; the former one is in force until the new one begins."""
    document = lock_document(document)
    if Document.objects.filter(replaces=document).exists():
        raise AlreadyReplaced(title=document.title)
    if starts_on <= document.starts_on:
        raise ReplacedTooEarly(day=starts_on, former=document.starts_on)
    if document.ends_on is None or document.ends_on > starts_on:
        document.ends_on = starts_on
        document.save(update_fields=["ends_on"])
        audit.record(
            document,
            by=by,
            organization_id=document.organization_id,
            after=audit.snapshot(document, "ends_on"),
        )
    return enter_document(
        document.organization,
        by=by,
        upload=upload,
        replaces=document,
        starts_on=starts_on,
        **values,
    )


@action(label=_("Document voided"))
def void_document(document: Document, *, by: Actor | None, reason: str) -> Document:
    """Void a document entered by mistake; one that publications name is refused."""
    document = lock_document(document)
    named = document.publications.filter(withdrawn_at=None).count()
    if named:
        raise DocumentInUse(title=document.title, count=named)
    document.replaces = None
    document.save(update_fields=[*document.void(reason), "replaces"])
    audit.record_void(
        document, by=by, organization_id=document.organization_id, reason=reason
    )
    return document
