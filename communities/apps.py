"""The communities app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    """The communities app."""

    name = "communities"
    verbose_name = _("Community Party work")

    def ready(self) -> None:
        from communities.reference import install_reference_data  # noqa: PLC0415 -- needs models

        post_migrate.connect(install_reference_data, sender=self)
