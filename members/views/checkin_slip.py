"""The slip of a check-in, and the receipt for the unit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.actors import scope_of
from core.months import today
from core.web.views import PermittedObjectMixin
from members import permissions
from members.fields import interest_choices, skill_choices, slots_in_words
from members.models import CheckIn, CheckInRound


class CheckInSlip(PermittedObjectMixin[CheckIn], TemplateView):
    """The slip of a check-in and its receipt for the unit, on A4."""

    model = CheckIn
    template_name = "members/check_in_slip.html"

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related(
            "member", "community", "unit", "member__organization"
        )

    def has_permission(self, obj: CheckIn) -> bool:
        own = scope_of(self.request.user).member_id == obj.member_id
        return own or permissions.can_view_members(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.get_permitted_object()
        rounds = CheckInRound.objects.covering(row.community, row.starts_on)
        labels, liked = dict(skill_choices()), dict(interest_choices())
        own = scope_of(self.request.user).member_id == row.member_id
        back = reverse("members:me") if own else row.member.get_absolute_url()
        return super().get_context_data(
            title=_("Check-in of an in-service Party member"),
            check_in=row,
            member=row.member,
            round=rounds.select_related("document").first(),
            skills="、".join(labels.get(one, one) for one in row.member.skills),
            interests="、".join(liked.get(one, one) for one in row.member.interests),
            hours=slots_in_words(row.member.free_hours),
            back_url=back,
            printed_on=today(),
            **kwargs,
        )
