"""The cases app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The cases app."""

    name = "cases"
    verbose_name = _("Cases")

    def ready(self) -> None:
        from cases.reference import install_reference_data  # noqa: PLC0415 -- needs models

        post_migrate.connect(install_reference_data, sender=self)
