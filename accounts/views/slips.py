"""Sign-in slips for office accounts."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actions import issue_slips
from accounts.http import reader
from accounts.models import User
from accounts.permissions import (
    accounts_for_slips,
    can_print_slips,
    can_see_consents,
)
from accounts.slips import IssuedSlips, SlipsPage, print_slips_once
from core.web.components import Link


class SlipList(SlipsPage):
    """Prints slips for the chosen office accounts."""

    template_name = "accounts/slip_list.html"
    extra_context = {"title": _("Sign-in slips")}

    def test_func(self) -> bool:
        return can_print_slips(reader(self.request))

    def get_eligible(self) -> QuerySet[User]:
        return accounts_for_slips(reader(self.request))

    def get_queryset(self) -> QuerySet[User]:
        accounts = self.get_eligible().order_by("username")
        return accounts.prefetch_related("role_assignments__organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page_actions = [Link(_("Locked sign-ins"), reverse("accounts:locks"))]
        if can_see_consents(reader(self.request)):
            title = _("Consent to slips for administrators")
            page_actions.append(Link(title, reverse("accounts:consents")))
        return super().get_context_data(page_actions=page_actions, **kwargs)

    def print_slips(self, chosen: Sequence[Any]) -> HttpResponse:
        def issue() -> IssuedSlips:
            return issue_slips(chosen, by=reader(self.request))

        return print_slips_once(self.request, issue, back_url=reverse("accounts:slips"))
