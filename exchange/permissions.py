"""Who may bring sheets in."""

from core.duties import scope_of
from core.kinds import ImportKind, import_kinds
from exchange.enums import SETTLED_UNENTERED, WAITING
from exchange.models import ImportBatch
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


def kinds_for(user: object) -> list[ImportKind]:
    """Return the kinds of sheet that the person may bring in somewhere."""
    scope = scope_of(user)
    return [kind for kind in import_kinds if scope.holds(kind.managed_with)]


def can_import(user: object) -> bool:
    """Whoever may bring in any kind of sheet anywhere."""
    return bool(kinds_for(user))


def can_import_for(user: object, kind: ImportKind, organization: Organization) -> bool:
    """Whoever holds one of the kind's duties over the organization."""
    return scope_of(user).reaches(organization.path, kind.managed_with)


def can_confirm(user: object, batch: ImportBatch) -> bool:
    """Whoever could have uploaded it may confirm it, while it waits for that."""
    return batch.can_be_confirmed and _may(user, batch)


def can_discard(user: object, batch: ImportBatch) -> bool:
    """Whoever could have uploaded it may let it be, before it is confirmed."""
    return batch.state in (*WAITING, *SETTLED_UNENTERED) and _may(user, batch)


def _may(user: object, batch: ImportBatch) -> bool:
    rows = ImportBatch.objects.managed_by(user)
    return rows.filter(pk=batch.pk).exists()


def places_for(user: object, kind: ImportKind) -> OrganizationQuerySet:
    """Return the organizations whose sheets of a kind the person may bring in."""
    return Organization.objects.reached_by(user, kind.managed_with).open()
