"""The top layer: commands, checks, and the admin site every app registers with."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class WorkAdminConfig(AdminConfig):
    """Django's admin with our own site, open by role."""

    default_site = "core.admin.site.WorkAdminSite"


class InstallationConfig(AppConfig):
    """The commands and checks that know every app."""

    name = "config"
    verbose_name = _("Installation")

    def ready(self) -> None:
        from config import checks  # noqa: F401, PLC0415 -- registers at import
