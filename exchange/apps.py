"""Finds the kinds of long work that the apps declare."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """The exchange app."""

    name = "exchange"
    verbose_name = _("Files in and out")

    def ready(self) -> None:
        autodiscover_modules("jobs")
