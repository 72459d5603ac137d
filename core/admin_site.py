"""The admin site: opened by duty, signed in to on the site's own page."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class WorkAdminSite(AdminSite):
    """Where street staff and administrators keep records."""

    site_title = _("Street Party-building workbench")
    site_header = _("Street Party-building workbench")
    index_title = _("Records")
    empty_value_display = "—"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_staff", False))
