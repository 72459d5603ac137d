"""Closed lists about co-building."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from organizations.roles import Role


class AgreementState(TextChoices):
    """The state of an agreement; each side signs for itself."""

    DRAFT = "draft", _("Draft")
    SIGNED_BY_UNIT = "signed_by_unit", _("Signed by the unit")
    SIGNED_BY_COMMUNITY = "signed_by_community", _("Signed by the community")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


class Side(TextChoices):
    """For whom an agreement is signed."""

    UNIT = "unit", _("The unit")
    COMMUNITY = "community", _("The community")

    @property
    def other(self) -> "Side":
        """The other side."""
        return Side.COMMUNITY if self is Side.UNIT else Side.UNIT


class WorkOf(TextChoices):
    """Whose work a target counts."""

    UNIT = "unit", _("The unit's own people")
    ANYONE = "anyone", _("Anyone on the project")


SIGNING = frozenset({Role.SECRETARY, Role.DEPUTY})
"""Who signs for the community; nobody above it does."""
