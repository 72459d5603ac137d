"""Elections: the list, one of them, calling, nominating, counting, approving."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.filters import ElectionFilter
from communities.forms import ApprovalForm, CallForm, CountForm, NominationForm
from communities.models import Body, Candidate, Election, NonMember
from communities.tables import ElectionTable
from communities.views.bodies import body_list_breadcrumb
from core.months import today
from core.strokes import stroke_key
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import ConfirmView, PermittedObjectMixin, ReasonView, RowFormView
from members.models import Member
from organizations.models import Unit

ELECTIONS = _("Elections")


def candidates_by_strokes(election: Election) -> list[Candidate]:
    """Return who stands, in the order of the strokes of their names (姓氏笔画)."""
    rows = election.candidates.standing()
    return sorted(rows, key=lambda one: (stroke_key(one.name), one.pk))


class ElectionList(UserPassesTestMixin, ListPage):
    """Elections of the reader's area, the latest first."""

    model = Election
    table_class = ElectionTable
    filterset_class = ElectionFilter
    title = ELECTIONS
    empty_text = _("No election yet. Call one on the page of the body.")

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        rows = Election.all_objects.visible_to(self.request.user)
        return rows.select_related("body__organization").order_by("-held_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(ELECTIONS)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class ElectionRows:
    """Elections with their body, for who keeps it."""

    model = Election
    request: Any

    def get_rows(self) -> Any:
        rows = Election.all_objects.visible_to(self.request.user)
        return rows.select_related("body__kind", "body__organization", "term")

    def has_permission(self, obj: Election) -> bool:
        """Whether the reader keeps the body that is elected."""
        return permissions.can_keep_body(self.request.user, obj.body)


class ElectionDetail(ElectionRows, PermittedObjectMixin[Election], TemplateView):
    """One election: who stands in the order of strokes, and the votes they had."""

    template_name = "communities/election.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        election, user = self.get_object(), self.request.user
        keeps = permissions.can_keep_body(user, election.body)
        is_open = election.voided_at is None and not election.is_over
        body = election.body
        crumbs = [
            body_list_breadcrumb(),
            Link(ELECTIONS, reverse("communities:elections")),
            Link(str(election)),
        ]
        return super().get_context_data(
            title=_("Election: %(body)s") % {"body": body.name},
            election=election,
            voided=election if election.voided_at else None,
            candidates=candidates_by_strokes(election),
            may_withdraw=keeps and is_open and not election.is_counted,
            breadcrumbs=crumbs,
            page_actions=page_actions_for(election, user, keeps=keeps)
            if is_open
            else [paper_link(election)],
            sections=[Section("", detail_rows_of(election))],
            **kwargs,
        )


def paper_link(election: Election) -> Link:
    """Return the link to the paper of an election."""
    label = _("Print the result") if election.is_counted else _("Print the list")
    return Link(label, reverse("communities:election_paper", args=[election.pk]))


def page_actions_for(election: Election, user: Any, *, keeps: bool) -> list[Link]:
    """Return links to what can be done now with an election under way."""
    links: list[tuple[Any, str]] = []
    if keeps and not election.is_counted:
        links.append((_("Nominate a candidate"), "nominate"))
        if election.held_on <= today():
            links.append((_("Enter the count"), "count_votes"))
    elected = election.candidates.standing().filter(is_elected=True)
    may_approve = permissions.can_approve_election(user, election)
    if election.is_counted and may_approve and elected.exists():
        links.append((_("Approve the result"), "approve_election"))
    if keeps:
        links.append((pgettext("election", "Call off or void …"), "void_election"))
    return [
        paper_link(election),
        *(
            Link(label, reverse(f"communities:{name}", args=[election.pk]))
            for label, name in links
        ),
    ]


def detail_rows_of(election: Election) -> list[DetailRow]:
    """Return the details of an election."""
    body = election.body
    rows = [
        DetailRow(_("Body"), body, body.get_absolute_url()),
        DetailRow(_("Party organization"), body.organization),
        DetailRow(_("State"), election.state_label),
        DetailRow(_("Day of the election"), election.held_on),
        DetailRow(_("Seats to fill"), election.seats),
        DetailRow(_("Voters that it needs"), body.kind.get_election_quorum_display()),
    ]
    if election.is_counted:
        rows += [
            DetailRow(_("Voters"), election.voters),
            DetailRow(_("Voters present"), election.present),
            DetailRow(_("Valid ballots"), election.valid_ballots),
        ]
    if election.left_out:
        reason = f"{election.left_out}（{election.left_out_reason}）"
        rows.append(DetailRow(_("Not counted among the voters"), reason))
    if election.is_over:
        rows += [
            DetailRow(_("Approved by"), election.approved_by),
            DetailRow(_("Approved on"), election.approved_on),
            DetailRow(_("Number of the approval"), election.approval_number or "—"),
        ]
    return rows


class ElectionPaper(ElectionDetail):
    """The list of candidates by strokes, or the record of the count, on A4."""

    template_name = "communities/election_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        election = context["election"]
        title = _("Result of the election") if election.is_counted else _("Candidates")
        extra = {"back_url": election.get_absolute_url(), "printed_on": today()}
        return {**context, **extra, "title": title}


class CallElection(RowFormView[Body]):
    """A record keeper calls the election of a body."""

    model = Body
    form_class = CallForm
    title = _("Call an election")
    submit_label = _("Call")
    success_message = _("The election is called. Nominate its candidates now.")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def get_initial(self) -> dict[str, Any]:
        seats = self.row.seats.open().filter(ends_on=None).count()
        return {**super().get_initial(), "seats": seats or 1}

    def run_action(self, form: CallForm) -> str:
        election = actions.call_election(
            self.row, by=self.request.user, **form.action_values()
        )
        return election.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class ElectionView(ElectionRows, RowFormView[Election]):
    """Base of forms over one election, for who keeps its body."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class Nominate(ElectionView):
    """A record keeper enters who stands in an election."""

    form_class = NominationForm
    action = staticmethod(actions.nominate)
    title = _("Nominate a candidate")
    submit_label = _("Nominate")
    success_message = _("The candidate is on the list.")

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        members = Member.objects.visible_to(user).current()
        return {
            **super().get_form_kwargs(),
            "body": self.row.body,
            "members": members.select_related("organization", "community"),
            "others": NonMember.objects.visible_to(user),
            "units": Unit.objects.none(),
        }


class CountVotes(ElectionView):
    """A record keeper enters how many voted, and for whom."""

    form_class = CountForm
    action = staticmethod(actions.count_votes)
    title = _("Enter the count")
    success_message = _("The votes were counted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "election": self.row,
            "candidates": candidates_by_strokes(self.row),
        }


class ApproveElection(ElectionView):
    """Street staff approve a result; of residents' bodies their keepers announce it."""

    form_class = ApprovalForm
    action = staticmethod(actions.approve_election)
    title = _("Approve the result")
    submit_label = _("Approve")
    success_message = _("The new term has begun, and who was elected holds a seat.")

    def has_permission(self, obj: Election) -> bool:
        return permissions.can_approve_election(self.request.user, obj)


class VoidElection(ElectionRows, ReasonView[Election]):
    """A record keeper calls an election off, or voids its count."""

    action = staticmethod(actions.void_election)
    title = _("Void the election")
    submit_label = _("Void the election")
    success_message = _("The election was voided.")
    consequence = _(
        "It stays on record with the reason. Another election can be called then."
    )


class WithdrawCandidate(ConfirmView[Candidate]):
    """A record keeper takes somebody off the list of candidates."""

    model = Candidate
    action = staticmethod(actions.withdraw_candidate)
    title = _("Withdraw the candidate")
    submit_label = _("Withdraw")
    success_message = _("The candidate was withdrawn.")
    consequence = _("Who stands in the election is changed until the count alone.")

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related(
            *("election__body__organization", "election__body__kind"),
            *("member", "non_member", "kind"),
        )

    def has_permission(self, obj: Candidate) -> bool:
        return permissions.can_keep_body(self.request.user, obj.election.body)

    def get_success_url(self) -> str:
        return self.row.election.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.row.election.get_absolute_url()
