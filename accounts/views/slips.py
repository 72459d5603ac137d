"""Printing sign-in slips for the office."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from accounts.actions import issue_slips
from accounts.forms import SlipsForm
from accounts.http import reader
from accounts.models import User
from accounts.permissions import accounts_to_let_in, can_print_slips
from accounts.slips import Issued, sheet_once


class SlipList(UserPassesTestMixin, ListView):
    """Whom one may print a slip for, and the sheet of those chosen."""

    template_name = "accounts/slip_list.html"
    paginate_by = 50

    def test_func(self) -> bool:
        return can_print_slips(reader(self.request))

    def get_queryset(self) -> QuerySet[User]:
        accounts = accounts_to_let_in(reader(self.request))
        return accounts.order_by("username").prefetch_related("duties__organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"title": _("Sign-in slips"), "form": kwargs.pop("form", SlipsForm())}
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issue slips to those chosen and show the sheet; it is shown only once."""
        form = SlipsForm(request.POST, accounts=self.get_queryset())
        if not form.is_valid():
            self.object_list = self.get_queryset()
            return self.render_to_response(self.get_context_data(form=form))
        back = reverse("accounts:slips")
        chosen = list(form.cleaned_data["accounts"])

        def issue() -> Issued:
            return issue_slips(chosen, by=reader(request))

        return sheet_once(request, issue, back_url=back)
