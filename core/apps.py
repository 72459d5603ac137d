"""Loads what the apps declare, and installs the triggers of their tables."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from core.db.triggers import install_triggers, remove_forbidden
from core.web.full_width import accept_full_width
from core.web.invisible import drop_unseen_characters
from core.web.line_ends import read_single_line_ends

DECLARATIONS = (
    "actions",
    "indicators",
    "ratios",
    "todos",
    "timeline",
    "invariants",
    "kinds",
    "hooks",
    "search",
)


def use_noting_compilers() -> None:
    """Let Django write through the compilers that note what an action writes."""
    operations: Any = type(connection.ops)
    operations.compiler_module = f"core.db.compilers.{connection.vendor}"


class CoreConfig(AppConfig):
    """The app without tables that every other app uses."""

    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        use_noting_compilers()
        drop_unseen_characters()
        accept_full_width()
        read_single_line_ends()
        for module in DECLARATIONS:
            autodiscover_modules(module)
        pre_migrate.connect(remove_forbidden, dispatch_uid="core.db.forbidden")
        post_migrate.connect(install_triggers, dispatch_uid="core.db.triggers")
