"""Locks of signing in, and the button that lifts one."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.actions import lift_lock
from accounts.http import reader
from accounts.models import SignInLock
from accounts.permissions import can_lift_locks
from core.web.forms import new_key
from core.web.views import ActionView


class LockList(UserPassesTestMixin, ListView):
    """The locks that hold now, the latest first."""

    template_name = "accounts/locks.html"
    paginate_by = 50

    def test_func(self) -> bool:
        return can_lift_locks(reader(self.request))

    def get_queryset(self) -> QuerySet[SignInLock]:
        rows = SignInLock.objects.visible_to(reader(self.request))
        return rows.holding(timezone.now()).select_related("user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Locked sign-ins"), new_key=new_key, **kwargs
        )


class LiftLock(ActionView[SignInLock]):
    """Lifts one lock."""

    model = SignInLock
    success_message = _("The lock was lifted: the person can sign in again.")

    def has_permission(self, obj: SignInLock) -> bool:
        return can_lift_locks(reader(self.request))

    def run_action(self, obj: SignInLock) -> None:
        lift_lock(obj, by=reader(self.request))

    def get_success_url(self, obj: SignInLock) -> str:
        return reverse("accounts:locks")
