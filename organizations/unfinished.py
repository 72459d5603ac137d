"""What an organization must not leave behind: the register of its units."""

from django.utils.translation import gettext_lazy as _

from core.unfinished import Unfinished, unfinished
from organizations.models import Unit

unfinished.add(
    Unfinished(
        "organizations.units",
        _("resident units: %(count)s (enter them with another community)"),
        Unit.objects.all,
        organization="host",
        until="ended_on",
    ),
)
