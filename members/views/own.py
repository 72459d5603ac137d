"""A member's own pages, made for a phone."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.http import reader
from core.months import today
from core.names import name_contains
from core.registries.page_sections import sections_for
from core.text import StrOrPromise
from core.web.components import ActionButton, parse_key
from core.web.forms import new_key
from core.web.views import ActionView
from members import actions
from members.duplicates.merged import life_of
from members.ends.closers import closers
from members.fields import skill_choices
from members.models import CheckIn, Member
from members.news import news_for
from members.transfers.whereabouts import describe_whereabouts, transfer_under_way
from members.views.checkin_slip import round_of
from members.views.closed_rows import describe_closed_rows, describe_open_rows
from organizations.models import Organization

NEWS = 10
"""So many publications a member reads on their own page, the newest first."""
LEFT = _("You have left the community. You may check in again any time.")


class OwnPageView(View):
    """Base of a member's own pages; other users get 404."""

    @property
    def member(self) -> Member:
        """The signed-in member, or 404."""
        member = getattr(reader(self.request), "member", None)
        if member is None:
            raise Http404
        return cast("Member", member)


class Me(OwnPageView, TemplateView):
    """The member's own record, with links to their actions."""

    template_name = "members/me.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = self.member
        labels = dict(skill_choices())
        here = member.check_ins.filter(ends_on=None).select_related("community").first()
        transfer = transfer_under_way(member)
        context = {
            "title": _("About me"),
            "whereabouts": describe_whereabouts(transfer) if transfer else "",
            "member": member,
            "phone": member.masked_phone,
            "check_in": here,
            "round": round_of(here, today()) if here else None,
            "skills": [labels.get(skill, skill) for skill in member.skills],
            "news": news_for(member)[:NEWS],
            "events": life_of(member, self.request.user),
            "leave_button": leave_button_for(here) if here else None,
            "page_sections": sections_for(member, self.request.user),
        }
        return super().get_context_data(**context, **kwargs)


def leave_button_for(check_in: CheckIn) -> ActionButton:
    """Return the button that ends a check-in, once it is said what ends with it."""
    return ActionButton(
        _("Leave this community"),
        reverse("members:leave"),
        danger=True,
        consequence=format_html(
            "{} {}",
            _(
                "Your check-in here ends today. If you check in again later, it counts"
                " from that day, and shifts given back are not held for you."
            ),
            describe_open_rows(closers.count_rows_at(check_in)),
        ),
        confirm_label=_("Leave now"),
    )


class CheckInPage(OwnPageView, TemplateView):
    """The communities by street, each with a button to check in."""

    template_name = "members/check_in.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()[:40]
        rows = Organization.objects.communities().open().order_by("path")
        if text:
            rows = rows.filter(name_contains(text, "name"))
        context = {
            "title": _("Check in where I live"),
            "member": self.member,
            "communities": rows.select_related("parent"),
            "q": text,
            "key": new_key(),
        }
        return super().get_context_data(**context, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check in with the chosen community."""
        pk = request.POST.get("community", "0")
        return cast("HttpResponse", CheckInView.as_view()(request, pk=pk))


class CheckInView(OwnPageView, ActionView[Organization]):
    """Check in with one's community of residence; the free times of before stay."""

    success_message = _("You are checked in.")

    def get_object(self) -> Organization:
        rows = Organization.objects.communities().open()
        return get_object_or_404(rows, pk=parse_key(self.kwargs["pk"]))

    def has_permission(self, obj: Organization) -> bool:
        return self.member is not None

    def run_action(self, obj: Organization) -> None:
        before = self.member.check_ins.order_by("starts_on", "pk").last()
        available = before.available if before is not None else ""
        willing = before.willing if before is not None else ""
        actions.check_in(
            self.member,
            obj,
            by=self.request.user,
            available=available,
            willing=willing,
        )

    def get_success_url(self, obj: Organization) -> str:
        return reverse("members:me")


class Leave(OwnPageView, ActionView[CheckIn]):
    """End one's own check-in; no reason is asked."""

    success_message: StrOrPromise = LEFT

    def get_object(self) -> CheckIn:
        return get_object_or_404(CheckIn, member=self.member, ends_on=None)

    def has_permission(self, obj: CheckIn) -> bool:
        return obj.starts_on <= today()

    def run_action(self, obj: CheckIn) -> None:
        closed = actions.check_out(obj, by=self.request.user)
        self.success_message = describe_closed_rows(LEFT, closed)

    def get_success_url(self, obj: CheckIn) -> str:
        return reverse("members:me")
