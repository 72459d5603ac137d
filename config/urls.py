"""All addresses of the site."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from accounts.views import SignIn, switch_language
from config.health import show_health, show_readiness

handler500 = "core.web.failures.show_failure"
urlpatterns = [
    path("healthz", show_health, name="healthz"),
    path("readyz", show_readiness, name="readyz"),
    path("", include("accounts.urls")),
    path("", include("organizations.urls")),
    path("", include("exchange.urls")),
    path("", include("figures.urls")),
    path("", include("cases.urls")),
    path("", include("members.urls")),
    path("", include("cobuilding.urls")),
    path("", include("communities.urls")),
    path("", include("volunteering.urls")),
    path("funds/", include("finance.urls")),
    path("", include("reports.urls")),
    path("admin/login/", SignIn.as_view(), name="admin_login"),
    path("admin/", admin.site.urls),
    path(
        "i18n/set-language/", login_not_required(switch_language), name="set_language"
    ),
]
