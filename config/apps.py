"""The top layer: commands, checks, and the admin site every app registers with."""

from django.apps import AppConfig, apps
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class WorkAdminConfig(AdminConfig):
    """Django's admin with our own site, open by role."""

    default_site = "core.admin.site.WorkAdminSite"


class InstallationConfig(AppConfig):
    """The commands and checks that know every app."""

    name = "config"
    verbose_name = _("Installation")

    def ready(self) -> None:
        from accounts.actions import digests  # noqa: PLC0415 -- needs models
        from config import checks, keys, readiness  # noqa: F401, PLC0415 -- register at import
        from figures.actions import begin_closed_figures  # noqa: PLC0415 -- needs models
        from members.actions import late_closing  # noqa: PLC0415 -- needs models

        # After the last app every table and every reference row is there.
        with_tables = [app for app in apps.get_app_configs() if app.models_module]
        pre_migrate.connect(
            digests.note_before_migrate,
            sender=with_tables[0],
            dispatch_uid="accounts.digests",
        )
        post_migrate.connect(
            digests.begin_digests_after_migrate,
            sender=with_tables[-1],
            dispatch_uid="accounts.digests",
        )
        post_migrate.connect(
            late_closing.close_left_open_after_migrate,
            sender=with_tables[-1],
            dispatch_uid="members.late_closing",
        )
        post_migrate.connect(
            begin_closed_figures,
            sender=with_tables[-1],
            dispatch_uid="figures.closed",
        )
        post_migrate.connect(
            keys.remember_keys, sender=with_tables[-1], dispatch_uid="config.keys"
        )
