"""Finds what the apps declare, and lays the triggers of their tables."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core.triggers import lay_all

ROOMS = (
    "indicators",
    "preparations",
    "todos",
    "timeline",
    "contacts",
    "invariants",
    "unfinished",
    "kinds",
    "chores",
    "deeds",
)


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "core"
    verbose_name = _("Ground floor")

    def ready(self) -> None:
        for room in ROOMS:
            autodiscover_modules(room)
        post_migrate.connect(lay_all, dispatch_uid="core.triggers")
