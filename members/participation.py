"""How often members took part, as apps above count it; for whoever plans (S3-12).

It stands beside what somebody can do, in the order of names: nobody is ranked by it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models.expressions import Combinable

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Participation:
    """One kind of taking part: its label, and how often for each row of members."""

    key: str
    label: StrOrPromise
    count: Callable[[], Combinable]

    @property
    def column(self) -> str:
        """The name under which a query and a table carry the number."""
        return f"took_part_{self.key}"


participations: Registry[Participation] = Registry("Participation")
