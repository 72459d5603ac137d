"""The slip of a check-in, and the receipt for where the member belongs."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.actors import scope_of
from core.months import today
from core.text import StrOrPromise
from core.web.views import PermittedObjectMixin
from members import permissions
from members.enums import Category
from members.fields import interest_choices, skill_choices, slots_in_words
from members.models import CheckIn, CheckInRound, Member

TITLES = {
    Category.IN_SERVICE: _("Check-in of an in-service Party member"),
    Category.MOBILE: _("Check-in of a mobile Party member"),
}
OF_OTHERS = _("Check-in of a Party member with a community")


class CheckInSlip(PermittedObjectMixin[CheckIn], TemplateView):
    """The slip of a check-in and its receipt, on one sheet of A4."""

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
        member = row.member
        labels, liked = dict(skill_choices()), dict(interest_choices())
        own = scope_of(self.request.user).member_id == row.member_id
        back = reverse("members:me") if own else member.get_absolute_url()
        return super().get_context_data(
            title=TITLES.get(Category(member.category), OF_OTHERS),
            check_in=row,
            member=member,
            round=(taken := round_of(row, row.starts_on)),
            document=taken.basis_text if taken else basis_of(member),
            stays_with=where_it_stays(row),
            skills="、".join(labels.get(one, one) for one in member.skills),
            interests="、".join(liked.get(one, one) for one in member.interests),
            hours=slots_in_words(member.free_hours),
            back_url=back,
            printed_on=today(),
            **kwargs,
        )


def round_of(row: CheckIn, day: dt.date) -> CheckInRound | None:
    """Return the round to which a check-in belongs on a day.

    Streets call in-service members to check in; mobile and other members are none of
    those, so that neither its document nor what it expects is for them.
    """
    if row.member.category != Category.IN_SERVICE:
        return None
    rows = CheckInRound.objects.covering(row.community, day)
    found: CheckInRound | None = rows.select_related("document").first()
    return found


def basis_of(member: Member) -> str:
    """Return the document of a check-in by itself: of who belongs to nobody here."""
    return "" if member.organization_id is not None else member.basis


def where_it_stays(row: CheckIn) -> StrOrPromise:
    """Return where the member belongs, as far as it is on record here (R-20)."""
    if row.member.category == Category.IN_SERVICE:
        return _("the unit")
    home = row.member.organization
    return home.full_name if home else row.home_branch or _("the former organization")
