"""The volunteering app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    """The volunteering app."""

    name = "volunteering"
    verbose_name = _("Volunteering")
