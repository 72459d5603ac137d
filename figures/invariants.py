"""What `verify` proves of figures without counting them again."""

from django.utils.translation import gettext_lazy as _

from core.registries.invariants import Invariant, invariants
from figures.closed_months import find_altered_closed_figures

invariants.add(
    Invariant(
        "figures.closed",
        _("The figures of every closed month are those that were closed"),
        find_altered_closed_figures,
    ),
)
