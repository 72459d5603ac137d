"""The tree and what is fixed to it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """The organizations app."""

    name = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        from organizations.reference import install_reference_data  # noqa: PLC0415 -- needs models

        post_migrate.connect(install_reference_data, sender=self)
