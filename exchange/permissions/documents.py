"""Who may keep documents, draft publications and approve them."""

from core.actors import Actor, scope_of
from exchange.models import Document, Publication
from organizations.roles import APPROVERS, MEETING_KEEPERS, READERS


def can_see_documents(user: Actor) -> bool:
    """Meeting keepers and city officers look through the documents of their area."""
    return scope_of(user).has_role(READERS)


def can_enter_documents(user: Actor) -> bool:
    """Meeting keepers enter documents and draft publications for their area."""
    return scope_of(user).has_role(MEETING_KEEPERS)


def can_keep_document(user: Actor, document: Document) -> bool:
    """Whether the reader corrects, replaces and voids the document."""
    return Document.objects.managed_by(user).filter(pk=document.pk).exists()


def can_keep_publication(user: Actor, publication: Publication) -> bool:
    """Whether the reader changes, replaces and withdraws the publication."""
    return Publication.objects.managed_by(user).filter(pk=publication.pk).exists()


def can_approve(user: Actor, publication: Publication) -> bool:
    """Secretaries, deputies and the street approve what somebody else drafted."""
    over = scope_of(user).has_role_over(publication.organization.path, APPROVERS)
    return over and getattr(user, "pk", None) != publication.drafted_by_id
