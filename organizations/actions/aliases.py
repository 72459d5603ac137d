"""The other names under which offices write an organization in their sheets."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate_all
from core.names import fold_name
from organizations.actions.refusals import refuse_ended
from organizations.actions.tree import change_organization
from organizations.errors import NameTaken
from organizations.models import Organization, OrganizationAlias
from organizations.naming import name_key


@action(label=_("Other names recorded"), former_name="keep_aliases")
def set_aliases(
    node: Organization, names: Sequence[str], *, by: Actor | None
) -> Organization:
    """Replace the other names that are valid for an organization everywhere.

    Names that are valid only within some place are left as they are.
    """
    node = Organization.objects.select_for_update(of=("self",)).get(pk=node.pk)
    names = [fold_name(name) for name in names]
    before = node.other_names
    if set(names) == set(before):
        return node
    refuse_ended(node)
    _refuse_names_of_others(node, names)
    node.aliases.filter(within=None).exclude(name__in=names).delete()
    fresh = [
        OrganizationAlias(organization=node, name=name)
        for name in dict.fromkeys(names)
        if name not in before
    ]
    validate_all(fresh)
    OrganizationAlias.objects.bulk_create(fresh)
    audit.record(
        node,
        by=by,
        organization_id=node.pk,
        before={"aliases": before},
        after={"aliases": node.other_names},
    )
    return node


@transaction.atomic
def correct_organization(
    node: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    other_names: Sequence[str] | None = None,
    **values: Any,
) -> Organization:
    """Change dated columns from a day on, and the other names, which have no date."""
    if values:
        node = change_organization(node, by=by, on=on, **values)
    if other_names is not None:
        node = set_aliases(node, other_names, by=by)
    return node


def _refuse_names_of_others(node: Organization, names: Sequence[str]) -> None:
    """Refuse the name of a sibling: in a sheet it could mean either of the two."""
    others = Organization.objects.open().filter(parent=node.parent_id)
    keys = [name_key(name) for name in names]
    namesake = others.exclude(pk=node.pk).filter(name_key__in=keys).first()
    if namesake is not None:
        parent = namesake.parent.name if namesake.parent is not None else ""
        raise NameTaken(name=namesake.name, parent=parent)
