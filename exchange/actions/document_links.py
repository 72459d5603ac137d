"""Join documents to the records that they stand behind."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from exchange.document_links import DocumentTarget
from exchange.models import Document, DocumentLink


@action(label=_("Document linked"))
def link_document(
    document: Document, record: Any, *, target: DocumentTarget, by: Actor | None
) -> DocumentLink:
    """Name a document as the basis of a record; naming it twice is refused."""
    link: DocumentLink = target.link(document=document, record=record)
    validate(link)
    link.save()
    audit.record(
        link,
        by=by,
        organization_id=record.organization_id,
        after=audit.snapshot(link),
    )
    return link


@action(label=_("Link to a document voided"))
def void_link(link: Any, *, by: Actor | None, reason: str) -> Any:
    """Take a document away from a record that it does not stand behind."""
    link.save(update_fields=link.void(reason))
    audit.record_void(
        link, by=by, organization_id=link.record.organization_id, reason=reason
    )
    return link
