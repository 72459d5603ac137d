"""The finance app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """The finance app."""

    name = "finance"
    verbose_name = _("Funds and dues")

    def ready(self) -> None:
        from finance.reference import install_reference_data  # noqa: PLC0415 -- needs models

        post_migrate.connect(install_reference_data, sender=self)
