"""Claim, withdraw, and a member's own claims and hours."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_tables2 import SingleTableView

from core.actors import scope_of
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.forms import new_key
from core.web.read_first import token_of_texts
from core.web.views import ActionView, ReadActionView
from members.models import Member
from volunteering import actions, permissions
from volunteering.models import Claim, Shift
from volunteering.queries import confirmed_hours
from volunteering.tables import OwnClaimTable


class ClaimShift(ReadActionView[Shift]):
    """The signed-in member claims a place, at the time and place that they read.

    How many places there are, and who to ask, may change meanwhile.
    """

    model = Shift
    success_message = _(
        "The place is yours. You find it under “My service” and can give it back there."
    )

    def get_rows(self) -> QuerySet[Shift]:
        return super().get_rows().select_related("post")

    def has_permission(self, obj: Shift) -> bool:
        return permissions.can_claim(self.request.user, obj)

    @classmethod
    def read_token(cls, row: Shift) -> str:
        times = (f"{moment.timestamp()}" for moment in (row.starts_at, row.ends_at))
        post = row.post
        return token_of_texts([*times, row.meeting_point, post.title, post.description])

    def check_read(self, obj: Shift) -> None:
        """Leave it to the action, which locks the member first and then the shift."""

    def run_action(self, obj: Shift) -> None:
        member = Member.objects.get(user=self.request.user.pk)
        actions.claim_shift(obj, member=member, by=self.request.user)
        self.refuse_overtaken(obj)


class WithdrawClaim(ActionView[Claim]):
    """The member, or a keeper for them, gives the place back."""

    model = Claim
    success_message = _("The place was given back.")

    def get_rows(self) -> QuerySet[Claim]:
        return super().get_rows().select_related("shift__post")

    def has_permission(self, obj: Claim) -> bool:
        return permissions.can_withdraw(self.request.user, obj)

    def run_action(self, obj: Claim) -> None:
        actions.withdraw_claim(obj, by=self.request.user)


class OwnService(UserPassesTestMixin, ExportedPage, SingleTableView):
    """A member's own claims and hours."""

    table_class = OwnClaimTable
    template_name = "core/list_page.html"
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_serve(self.request.user)

    def get_queryset(self) -> QuerySet[Claim]:
        own = Claim.objects.of_member(scope_of(self.request.user).member_id)
        rows = own.select_related("shift__post__organization", "record")
        return rows.order_by("-shift__starts_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hours = confirmed_hours(scope_of(self.request.user).member_id or 0)
        context: dict[str, Any] = super().get_context_data(
            title=_("My service"),
            lead=_("Confirmed so far: %(hours)s hours.") % {"hours": f"{hours:.1f}"},
            empty_text=_("You have not claimed anything yet."),
            page_actions=[
                Link(_("My dates on the phone"), reverse("accounts:calendar"))
            ],
            new_key=new_key,
            **kwargs,
        )
        return context
