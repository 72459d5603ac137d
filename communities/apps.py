"""The communities app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """The communities app."""

    name = "communities"
    verbose_name = _("Community Party work")
