"""Who may import sheets."""

from core.actors import Actor, scope_of
from exchange.import_kinds import ImportKind, import_kinds
from exchange.models import ImportBatch
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet
from organizations.roles import Role


def kinds_for(user: Actor) -> list[ImportKind]:
    """Return the kinds of sheet that the person may import somewhere."""
    scope = scope_of(user)
    return [kind for kind in import_kinds if scope.has_role(kind.managed_with)]


def can_import(user: Actor) -> bool:
    """Whether the person may import any kind of sheet anywhere."""
    return bool(kinds_for(user))


def can_import_for(user: Actor, kind: ImportKind, organization: Organization) -> bool:
    """Whether the person holds one of the kind's roles over the organization."""
    return scope_of(user).has_role_over(organization.path, kind.managed_with)


def can_work_on(user: Actor | None, batch: ImportBatch) -> bool:
    """Whether the person may do what is next with the import: they could upload it.

    Its pages ask this, and so does a worker, of the person as they are now. The actions
    ask whether the import still waits for that step. An operator asks as nobody.
    """
    if user is None:
        return True
    rows = ImportBatch.objects.managed_by(user).filter(pk=batch.pk)
    return getattr(user, "is_active", False) and rows.exists()


def can_see_running(user: Actor) -> bool:
    """Whether the person looks after the running of the installation."""
    return scope_of(user).has_role({Role.SYSTEM_ADMIN})


def organizations_for(user: Actor, kind: ImportKind) -> OrganizationQuerySet:
    """Return the organizations whose sheets of a kind the person may import."""
    return Organization.objects.in_scope_of(user, kind.managed_with).open()
