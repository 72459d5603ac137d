"""The cobuilding app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CobuildingConfig(AppConfig):
    """The cobuilding app."""

    name = "cobuilding"
    verbose_name = _("Co-building")
