"""What this app registers for others: blockers of the closing of an organization."""

from django.utils.translation import gettext_lazy as _

from core.audit.presentation import label_values
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.models import Unit
from organizations.queries import labels_of_code_list

closing_blockers.add(
    ClosingBlocker(
        "organizations.units",
        _("resident units: %(count)s (enter them with another community)"),
        Unit.objects.all,
        column="host",
        until="ended_on",
    ),
)

label_values("organizations.Unit", sector=labels_of_code_list("org_sectors"))
label_values("organizations.PlaceFact", kind=labels_of_code_list("place_fact_kinds"))
