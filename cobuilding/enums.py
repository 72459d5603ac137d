"""Closed lists about co-building."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectTag(TextChoices):
    """In which of the five ways community and units work together (S2-36)."""

    DELIBERATION = "deliberation", _("Deliberating together")
    RESOURCES = "resources", _("Sharing resources")
    PROBLEMS = "problems", _("Solving problems together")
    CIVILITY = "civility", _("Fostering civility together")
    ACTIVITIES = "activities", _("Holding activities together")
