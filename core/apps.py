"""Loads what the apps declare, and installs the triggers of their tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core.db.triggers import install_triggers, remove_forbidden

DECLARATIONS = (
    "actions",
    "indicators",
    "todos",
    "timeline",
    "invariants",
    "kinds",
    "hooks",
)


class CoreConfig(AppConfig):
    """The app without tables that every other app uses."""

    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        for module in DECLARATIONS:
            autodiscover_modules(module)
        pre_migrate.connect(remove_forbidden, dispatch_uid="core.db.forbidden")
        post_migrate.connect(install_triggers, dispatch_uid="core.db.triggers")
