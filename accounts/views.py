"""Signing in and out, the way home, and the desk."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView, TemplateView

from core.duties import MEETING_KEEPERS, MONEY_KEEPERS, DutyCode, scope_of
from core.months import today
from core.todos import todos_for

D = DutyCode
HOMES = (
    (MEETING_KEEPERS | MONEY_KEEPERS, "/desk/"),
    (frozenset({D.CITY_OFFICER}), "/dashboard/"),
    (frozenset({D.LIAISON}), "/unit/"),
    (frozenset({D.SYSTEM_ADMIN, D.SECURITY_ADMIN, D.AUDITOR}), "/admin/"),
)


class Home(RedirectView):
    """Where each person's work is."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        scope = scope_of(self.request.user)
        for codes, address in HOMES:
            if scope.holds(codes):
                return address
        return "/posts/"


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Signing in with username or phone."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Signing out, by POST."""


class Desk(TemplateView):
    """What is to do today."""

    template_name = "accounts/desk.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        todos = todos_for(self.request.user, today())
        return super().get_context_data(todos=todos, **kwargs)
