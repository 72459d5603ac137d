"""The finance app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """The finance app."""

    name = "finance"
    verbose_name = _("Funds and dues")
