"""Sign-in, sign-out, activation by slip, password change, and the home page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, RedirectView

from accounts.actions import admit_by_slip, record_sign_in, set_password
from accounts.devices import remember_device
from accounts.errors import PasswordTooWeak
from accounts.forms import ActivationForm, PasswordForm, SignInForm
from accounts.http import reader
from accounts.models import User
from core.actors import scope_of
from core.errors import DomainError
from core.web.views import ActionFormView
from organizations.roles import MEETING_KEEPERS, MONEY_KEEPERS, Role

BACKEND = "accounts.backends.UsernameOrPhone"
HOMES = (
    (MEETING_KEEPERS | MONEY_KEEPERS | {Role.SYSTEM_ADMIN}, "/desk/"),
    (frozenset({Role.CITY_OFFICER}), "/dashboard/"),
    (frozenset({Role.LIAISON}), "/unit/"),
    (frozenset({Role.AUDITOR}), "/log/access/"),
    (frozenset({Role.SECURITY_ADMIN}), "/admin/"),
)


@method_decorator(login_not_required, name="dispatch")
class Home(RedirectView):
    """Redirects people to their home page by role, others to the open posts."""

    http_method_names = ["get", "head"]

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        scope = scope_of(self.request.user)
        for roles, address in HOMES:
            if scope.has_role(roles):
                return address
        return "/posts/"


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Sign-in with username or phone."""

    template_name = "accounts/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True
    extra_context = {"title": _("Sign in"), "submit_label": _("Sign in")}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        record_sign_in(form.get_user())
        remember_device(self.request, response, form.get_user())
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Sign-out, by POST; also for people whose session has ended meanwhile."""

    http_method_names = ["post"]


class ChangePassword(ActionFormView):
    """Password change with the old password; the person's other sessions end."""

    template_name = "accounts/password.html"
    form_class = PasswordForm
    title = _("Change the password")
    success_message = _("The password was changed.")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"user": self.request.user, "request": self.request}
        return {**super().get_form_kwargs(), **own}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        remember_device(self.request, response, reader(self.request))
        return response

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        field = "new_password1" if isinstance(refusal, PasswordTooWeak) else None
        form.add_error(field, str(refusal))
        return self.form_invalid(form)

    def run_action(self, form: Any) -> str:
        user = reader(self.request)
        set_password(user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, user)
        return reverse("accounts:home")


def describe_next_sign_in(user: User) -> str:
    """Return the welcome that says what to sign in with next time."""
    text = (
        gettext(
            "Welcome. Your account is open. Next time sign in with your mobile phone"
            " number or the username %(username)s, and the password just set."
        )
        if user.phone_index
        else gettext(
            "Welcome. Your account is open. Next time sign in with the username"
            " %(username)s and the password just set."
        )
    )
    return text % {"username": user.username}


@method_decorator(login_not_required, name="dispatch")
class Activate(FormView):
    """First sign-in: the slip's code, the person's particulars and a new password.

    The code is in the fragment of the printed address, which browsers do not send, so
    no server logs it; a script fills it into the form.
    """

    template_name = "accounts/activate.html"
    form_class = ActivationForm
    success_url = reverse_lazy("accounts:home")
    extra_context = {
        "title": _("First sign-in by slip"),
        "submit_label": _("Set the password and sign in"),
    }

    def form_valid(self, form: Any) -> HttpResponse:
        values = form.cleaned_data
        try:
            user = admit_by_slip(
                values["code"],
                name=values["name"],
                proof=values["proof"],
                password=values["password1"],
            )
        except PasswordTooWeak as refusal:
            form.add_error("password1", str(refusal))
            return self.form_invalid(form)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        login(self.request, user, backend=BACKEND)
        record_sign_in(user)
        messages.success(self.request, describe_next_sign_in(user))
        response = HttpResponseRedirect(self.get_success_url())
        remember_device(self.request, response, user)
        return response
