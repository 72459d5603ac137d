"""What a community must not leave behind: its word to units, and its projects."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobuilding.enums import AgreementState
from cobuilding.models import Agreement, Project
from core.unfinished import Unfinished, unfinished


def standing_agreements() -> QuerySet[Agreement]:
    """Agreements that nobody has ended, signed or not."""
    return Agreement.objects.exclude(state=AgreementState.ENDED)


unfinished.add(
    Unfinished(
        "cobuilding.agreements",
        _("agreements: %(count)s (end them)"),
        standing_agreements,
        until="ends_on",
    ),
    Unfinished(
        "cobuilding.projects",
        _("projects: %(count)s (give them an end)"),
        Project.objects.all,
        until="ends_on",
    ),
)
