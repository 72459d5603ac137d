"""Closed lists about figures."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Tier(TextChoices):
    """Whether a figure is of an organization alone or includes all below it."""

    OWN = "own", _("The organization's own")
    SUBTREE = "subtree", _("The organization and all below it")
