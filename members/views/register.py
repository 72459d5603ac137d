"""Look up members; numbers stay masked unless requested with a reason."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.actors import Actor
from core.web.forms import new_key
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin, RowFormView
from members import permissions
from members.actions import (
    record_list_look,
    record_look,
    unmask,
)
from members.belonging import GUESTS, ON_ROLLS
from members.checkin_basis import home_branch_of
from members.duplicates.merged import life_of
from members.ends.dated_records import describe_contradictions
from members.enums import Standing, Willingness
from members.fields import slots_in_words
from members.filters import MemberFilter, OnRecord
from members.forms import UnmaskForm, reasons_to_return
from members.lost_contacts.contacts import last_contacts
from members.lost_contacts.marks import mark_of, search_for, with_search_state
from members.missing_facts import describe_missing_facts
from members.models import CheckIn, Member
from members.papers import describe_papers
from members.sections.two_hands import describe_two_hands
from members.tables import MemberTable
from members.transfers.prompts import due_to_transfer
from members.transfers.whereabouts import describe_whereabouts, transfer_under_way
from members.views.voiding import entries_of
from organizations.queries import labels_of_code_list

education_in_words = labels_of_code_list("education")
skills_in_words = labels_of_code_list("skills")
interests_in_words = labels_of_code_list("interests")


class MemberList(UserPassesTestMixin, ListPage):
    """The members of the reader's area."""

    model = Member
    table_class = MemberTable
    filterset_class = MemberFilter
    template_name = "members/member_list.html"
    title = _("Members")
    empty_text = _("There is no member in your area.")

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> QuerySet[Member]:
        rows: QuerySet[Member] = super().get_queryset()
        if self.request.GET.get("record") == OnRecord.VOIDED:
            rows = Member.all_objects.visible_with_voided(self.request.user)
        rows = rows.select_related("organization", "community")
        rows = rows.defer("id_number", "phone")
        marked: QuerySet[Member] = with_search_state(rows)
        return marked

    def record_look(self, columns: list[str]) -> None:
        record_list_look(columns, by=reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            "keeps": permissions.can_admit(self.request.user),
            "keeps_remarks": permissions.keeps_remarks(self.request.user),
        }
        context: dict[str, Any] = super().get_context_data(**shown, **kwargs)
        # Where more are found than are counted, the name is what must be narrowed.
        is_long = context["table"].counted_to
        found = [] if is_long else self.matches_elsewhere(context["filter"])
        return {**context, "elsewhere": found}

    def matches_elsewhere(self, chosen: MemberFilter) -> list[tuple[str, int, str]]:
        """Return label, number and address of what a search finds in other states.

        Somebody just imported as checked in is not on the rolls, which is the default.
        """
        if not self.request.GET.get("q", "").strip():
            return []
        found = []
        for state in (OnRecord.ON_ROLLS, OnRecord.GUESTS, OnRecord.GONE):
            if chosen.data.get("record") in (state, ""):
                continue
            query = self.request.GET.copy()
            query["record"] = state.value
            query.pop("page", None)
            rows = Member.objects.visible_to(self.request.user)
            same = MemberFilter(query, queryset=rows, request=self.request)
            if same.is_valid() and (count := same.qs.count()):
                found.append((str(state.label), count, f"?{query.urlencode()}"))
        return found


class MemberDetail(PermittedObjectMixin[Member], TemplateView):
    """Everything about one member that the reader may see."""

    model = Member
    template_name = "members/member_detail.html"

    def get_rows(self) -> QuerySet[Member]:
        rows: QuerySet[Member] = Member.all_objects.visible_with_voided(
            self.request.user
        )
        return rows.select_related("organization", "community", "employer")

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_view_members(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and record who viewed it."""
        record_look(self.get_permitted_object(), by=reader(request))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member, user = self.get_permitted_object(), reader(self.request)
        keeps = permissions.can_change(user, member)
        hosts = permissions.can_end_check_in(user, member)
        asked = [*([ON_ROLLS] if keeps else []), *([GUESTS] if hosts else [])]
        open_absence = member.mobile_records.filter(ends_on=None).first()
        transfer, search = transfer_under_way(member), search_for(member)
        context = {
            "title": member.name,
            "member": member,
            "phone": member.masked_phone,
            "education": education_in_words(member.education)
            if member.education
            else "",
            "skills": skills_in_words(member.skills),
            "interests": interests_in_words(member.interests),
            "free_hours": slots_in_words(member.free_hours),
            "available": member.available,
            "home_branch": home_branch_of(member),
            "willing": Willingness(member.willing).label,
            "keeps_remarks": permissions.keeps_remarks_of(user, member),
            "two_hands": describe_two_hands(member, user),
            "missing": describe_missing_facts(member, asked),
            "papers": describe_papers(member),
            "approved_on": member.approved_on,
            "keeps": keeps,
            "may_void": bool(entries_of(member, user)),
            "may_undo_merge": member.merged_into_id is not None
            and permissions.can_undo_merge(user, member),
            "may_return": member.ended_on is None or bool(reasons_to_return(member)),
            "slip_of": open_check_in_of(member, user),
            "may_pledge": permissions.can_pledge_for(user, member),
            "may_check_out": hosts,
            "may_decide": bool(
                member.standing == Standing.PROBATIONARY and member.join_date
            ),
            "may_print_slip": permissions.can_issue_slip(user, member),
            "absence": open_absence,
            "certificate": member.certificates.filter(outcome="").first(),
            "inquiry": member.inquiries.open().first(),
            "contradictions": describe_contradictions(member),
            "transfer": transfer,
            "transfer_due": due_to_transfer().filter(pk=member.pk).exists(),
            "search": search,
            "mark": mark_of(search.state if search is not None else None),
            "whereabouts": describe_whereabouts(transfer) if transfer else "",
            "events": life_of(member, user),
            "last_contact": last_contacts([member.pk]).get(member.pk),
            "slip_key": new_key(),
        }
        return super().get_context_data(**context, **kwargs)


def open_check_in_of(member: Member, user: Actor) -> int | None:
    """Return the check-in that goes on, if the reader may see it."""
    rows = CheckIn.objects.visible_to(user).filter(member=member, ends_on=None)
    key: int | None = rows.values_list("pk", flat=True).first()
    return key


SECONDS_SHOWN = 60
"""How long a number stays on the screen of somebody who walks away."""


class Unmask(RowFormView[Member]):
    """One number in full, shown once for a minute; who read it and why is recorded."""

    model = Member
    template_name = "core/confirm_action.html"
    form_class = UnmaskForm
    title = _("Read a number in full")
    submit_label = _("Show the number")
    repeated_message = _("A number is shown only once for each reason given.")

    def has_permission(self, obj: Member) -> bool:
        return permissions.can_unmask(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            question=self.row.name,
            consequence=_(
                "Who read it, when and why is recorded permanently; the member reads it"
                " as well."
            ),
            **kwargs,
        )

    def run_action(self, form: Any) -> None:
        self.number = unmask(self.row, by=reader(self.request), **form.action_values())

    def show_result(self, location: str) -> HttpResponse:
        context = {
            "title": self.row.name,
            "member": self.row,
            "number": self.number,
        }
        answer = render(self.request, "members/number.html", context)
        # The browser itself leaves the page, with scripts or without.
        answer["Refresh"] = f"{SECONDS_SHOWN}; url={self.row.get_absolute_url()}"
        return answer
