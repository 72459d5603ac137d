"""The admin site: open by role, with the sign-in page of the work pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin.scoping import ScopedAdmin
from core.admin.sections import sections_for
from core.web.forms import label_choice


class OfferedRowsView(AutocompleteJsonView):
    """The rows a foreign key offers while typing: exactly those its form accepts."""

    admin_site: AdminSite

    def get_model_admin(self) -> ScopedAdmin:
        """Return the admin of the form that asks."""
        try:
            get_model_admin = self.admin_site.get_model_admin(self.source_field.model)
        except NotRegistered as error:
            raise PermissionDenied from error
        if not isinstance(get_model_admin, ScopedAdmin):
            raise PermissionDenied
        return get_model_admin

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        get_model_admin = self.get_model_admin()
        writes = get_model_admin.has_add_permission(
            request
        ) or get_model_admin.has_change_permission(request)
        return writes and super().has_perm(request, obj)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        return {**result, "text": label_choice(obj)}

    def get_queryset(self) -> Any:
        manager = self.source_field.remote_field.model._default_manager
        name = self.source_field.name
        offered = self.get_model_admin().get_offered_rows(name, manager, self.request)
        return super().get_queryset().filter(pk__in=offered.order_by().values("pk"))


class WorkAdminSite(AdminSite):
    """Where street staff and administrators keep records."""

    site_title = _("Street Party-building workbench")
    site_header = _("Street Party-building workbench")
    index_title = _("Records")
    empty_value_display = "—"
    enable_nav_sidebar = False
    index_template = "admin/work_index.html"

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the breadcrumbs; leave out the list of kinds, which the menu replaces."""
        context = super().each_context(request)
        return {**context, "breadcrumbs_template": "admin/_breadcrumbs.html"}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show the kinds of record the reader works with, by what they are for."""
        request.current_app = self.name
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "lead": _("Look for a record, or open a list and add to it."),
            "sections": sections_for(request, self._registry.values()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.index_template, context)

    def app_index(
        self,
        request: HttpRequest,
        app_label: str,
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Lead to the start page: kinds are sorted by what they are for, not by app."""
        if not self.get_app_list(request, app_label):
            raise Http404
        return HttpResponseRedirect(reverse("admin:index"))

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_staff", False))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002 -- Django's
        """Refuse signed-in people without a role instead of asking for sign-in."""
        stock: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        @wraps(stock)
        def require_role(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return stock(request, *args, **kwargs)

        return require_role

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return OfferedRowsView.as_view(admin_site=self)(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return HttpResponseRedirect(reverse("accounts:password"))

    def get_urls(self) -> Any:
        """Leave out `view_on_site`, which would reveal whether a record exists."""
        urls = super().get_urls()
        return [url for url in urls if getattr(url, "name", "") != "view_on_site"]
