"""The reports app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    """The reports app."""

    name = "reports"
    verbose_name = _("Returns and figures")

    def ready(self) -> None:
        from reports import checks  # noqa: F401, PLC0415 -- registers at import
        from reports.reference import install_forms  # noqa: PLC0415 -- needs models

        post_migrate.connect(install_forms, sender=self)
