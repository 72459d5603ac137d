"""The app of figures."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Indicators, stored figures and the rows they are counted from."""

    name = "figures"
    verbose_name = _("Figures")

    def ready(self) -> None:
        """Count again after an upgrade."""
        from figures.actions import (  # noqa: PLC0415 -- when the models are there
            request_recount_after_migrate,
        )

        post_migrate.connect(request_recount_after_migrate, sender=self)
