"""Who may read a publication: everybody, or a group that an upper app declares."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Audience:
    """A group of readers below the organization that publishes.

    `includes` says whether a member belongs to the group; without it the publication
    stands on the public page, for everybody.
    """

    key: str
    label: StrOrPromise
    includes: Callable[[models.Model], bool] | None = None


PUBLIC = "public"
audiences: Registry[Audience] = Registry("Audience")
audiences.add(Audience(PUBLIC, _("everybody, on the public page")))


def audiences_of(member: models.Model) -> Q:
    """Return the condition for what a member may read because of who they are."""
    keys = [
        audience.key
        for audience in audiences
        if audience.includes is None or audience.includes(member)
    ]
    return Q(audience__in=keys)


def label_of_audience(key: str) -> str:
    """Return who an audience is, in words."""
    return str(audiences.get(key).label) if key in audiences else key
