"""Mobile members: the list, and the monthly review of those away for long (S1-16)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.web.components import Link, parse_key
from core.web.exports import ExportedPage
from core.web.list_pages import ListPage
from core.web.views import ActionFormView
from members import actions, permissions
from members.absences.reviews import ReviewedMember, list_reviewed, list_to_review
from members.enums import AwayFor
from members.errors import NobodyToReview
from members.filters import MobileRecordFilter
from members.forms import ReviewForm
from members.models import Member, MobileRecord
from members.tables import MobileRecordTable, ReviewTable

REVIEW = _("Monthly review of absent and waiting members")


class MobileList(UserPassesTestMixin, ListPage):
    """The mobile members of the reader's area, of all five kinds (S2-38 … S2-42)."""

    model = MobileRecord
    table_class = MobileRecordTable
    filterset_class = MobileRecordFilter
    template_name = "members/mobile_list.html"
    title = _("Register of mobile members")
    empty_text = _("No absence is on record here.")

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(member__ended_on=None)
        is_back = self.request.GET.get("state") == AwayFor.BACK
        rows = rows.exclude(ends_on=None) if is_back else rows.filter(ends_on=None)
        rows = rows.select_related("member", "member__organization")
        return rows.defer("member__id_number", "member__phone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(
            breadcrumbs=[members, Link(self.title)],
            keeps=permissions.can_admit(self.request.user),
            **kwargs,
        )


class ReviewList(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Who is reviewed this month, and what was found; the list can be printed."""

    template_name = "members/review_list.html"
    table_class = ReviewTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get_table_data(self) -> list[ReviewedMember]:
        user = reader(self.request)
        if self.request.GET.get("open") == "yes":
            return list_to_review(user)
        return list_reviewed(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        members = Link(_("Members"), reverse("members:list"))
        return super().get_context_data(
            title=REVIEW,
            empty_text=_(
                "Nobody of your area has been away for six months or waits for a post."
            ),
            breadcrumbs=[members, Link(REVIEW)],
            may_review=bool(list_to_review(reader(self.request))),
            **kwargs,
        )


class ReviewMembers(UserPassesTestMixin, ActionFormView):
    """Record what this month's review found of some members, all at once."""

    form_class = ReviewForm
    title = _("Record the monthly review")
    submit_label = _("Record the review")
    success_message = _("The review is on record.")

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or say that nobody is left to review."""
        if not list_to_review(reader(request)):
            return self.say_nobody_is_left()
        return super().get(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, or say that others were reviewed meanwhile."""
        if not form.fields["members"].choices:
            return self.say_nobody_is_left()
        return super().form_invalid(form)

    def say_nobody_is_left(self) -> HttpResponse:
        """Go to the list, which shows what was found of everybody."""
        messages.error(self.request, str(NobodyToReview()))
        return HttpResponseRedirect(reverse("members:reviews"))

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = [
            (str(line.member.pk), line.label)
            for line in list_to_review(reader(self.request))
        ]
        return {**super().get_form_kwargs(), "lines": lines}

    def run_action(self, form: Any) -> str:
        values = form.cleaned_data
        keys = [parse_key(key) for key in values["members"]]
        actions.review_members(
            list(Member.objects.managed_by(self.request.user).filter(pk__in=keys)),
            finding=values["finding"],
            note=values["note"],
            by=self.request.user,
        )
        return reverse("members:reviews")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [Link(REVIEW, reverse("members:reviews")), Link(self.title)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)
