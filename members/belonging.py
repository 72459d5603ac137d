"""Two kinds of record: of who belongs here, and of who is checked in alone (R-28)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise
from members.models import Member

ON_ROLLS, GUESTS = "on_rolls", "guests"


@dataclass(frozen=True, slots=True)
class Belonging:
    """A kind of record: whose it is, at which place they are counted, and how.

    The key is the state by which the list of members finds the same people.
    """

    key: str
    label: StrOrPromise
    place: str
    members_of: Callable[[Actor], Any]

    @property
    def here(self) -> Q:
        """Match those who have such a place at all."""
        return Q(**{f"{self.place}__isnull": False})


belongings: Registry[Belonging] = Registry("Belonging")
belongings.add(
    Belonging(
        ON_ROLLS,
        _("Belonging here"),
        "organization",
        Member.objects.on_rolls,
    ),
    Belonging(
        GUESTS,
        _("Checked in here, belonging elsewhere"),
        "community",
        Member.objects.guests_of,
    ),
)
