"""Elections: the list, and one of them with its counts and what is to be done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from communities import permissions
from communities.actions.election_progress import ElectionProgress, is_possible
from communities.filters import ElectionFilter
from communities.models import Ballot, BallotVotes, Candidate, Election
from communities.tables import ElectionTable
from communities.traits import compare_traits, labels_by_candidate
from communities.views.bodies import body_list_breadcrumb
from core.strokes import stroke_key
from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section
from core.web.list_pages import ListPage
from core.web.views import PermittedObjectMixin

ELECTIONS = _("Elections")
CALL_ONE = _("No election yet. Call one on the page of the body.")
ASK_THE_COMMUNITY = _(
    "No election of your branch yet. The community calls elections on the page of the"
    " branch committee; tell the community when the term of your committee ends."
)


def candidates_by_strokes(rows: list[Candidate]) -> list[Candidate]:
    """Return who stands, in the order of the strokes of their names (姓氏笔画)."""
    return sorted(rows, key=lambda one: (stroke_key(one.name), one.pk))


class ElectionList(UserPassesTestMixin, ListPage):
    """Elections of the reader's area, the latest first."""

    model = Election
    table_class = ElectionTable
    filterset_class = ElectionFilter
    title = ELECTIONS

    def test_func(self) -> bool:
        return permissions.can_see_holders(self.request.user)

    def get_queryset(self) -> Any:
        rows = Election.all_objects.visible_to(self.request.user).with_progress()
        return rows.select_related("body__organization").order_by("-held_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), Link(ELECTIONS)]
        keeps = permissions.can_set_up_body(self.request.user)
        self.empty_text = CALL_ONE if keeps else ASK_THE_COMMUNITY
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)


class ElectionRows:
    """Elections with their body, for who keeps it."""

    model = Election
    request: Any

    def get_rows(self) -> Any:
        rows = Election.all_objects.visible_to(self.request.user).with_progress()
        return rows.select_related("body__kind", "body__organization", "term")

    def has_permission(self, obj: Election) -> bool:
        """Whether the reader keeps the body that is elected."""
        return permissions.can_keep_body(self.request.user, obj.body)


@dataclass(frozen=True, slots=True)
class BallotLines:
    """One count with its numbers and the votes of everybody, by strokes."""

    ballot: Ballot
    votes: list[BallotVotes]
    may_correct: bool


def ballots_of(progress: ElectionProgress) -> list[BallotLines]:
    """Return the counts of an election, the last of which may be corrected."""
    names = {one.pk: one for one in progress.standing}
    found = []
    for ballot in progress.ballots:
        votes = [row for row in progress.votes if row.ballot_id == ballot.pk]
        for row in votes:
            row.candidate = names[row.candidate_id]
        votes.sort(key=lambda row: (stroke_key(row.candidate.name), row.pk))
        is_last = is_possible(progress.refuse_correction, ballot)
        found.append(BallotLines(ballot, votes, is_last))
    return found


class ElectionDetail(ElectionRows, PermittedObjectMixin[Election], TemplateView):
    """One election: who stands in the order of strokes, and the votes they had."""

    template_name = "communities/election.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        election, user = self.get_object(), self.request.user
        keeps = permissions.can_keep_body(user, election.body)
        progress = ElectionProgress(election)
        candidates = candidates_by_strokes(progress.standing)
        traits = labels_by_candidate(candidates)
        had_votes = {row.candidate_id for row in progress.votes}
        is_open = is_possible(progress.refuse_closed)
        crumbs = [
            body_list_breadcrumb(),
            Link(ELECTIONS, reverse("communities:elections")),
            Link(str(election)),
        ]
        return super().get_context_data(
            title=_("Election: %(body)s") % {"body": election.body.name},
            election=election,
            voided=election if election.voided_at else None,
            keeps=keeps,
            progress=progress,
            counts=ballots_of(progress),
            candidates=candidates,
            lines=[(one, traits.get(one.pk, "")) for one in candidates],
            trait_lines=compare_traits(election),
            keeps_traits=keeps and election.voided_at is None,
            withdrawable=[
                one.pk
                for one in progress.standing
                if keeps and is_open and one.pk not in had_votes
            ],
            breadcrumbs=crumbs,
            page_actions=page_actions_for(progress, user, keeps=keeps),
            sections=[Section("", detail_rows_of(progress))],
            **kwargs,
        )


def page_actions_for(
    progress: ElectionProgress, user: Any, *, keeps: bool
) -> list[Link]:
    """Return links to what can be done now with an election, and to its papers."""
    election = progress.election
    approves = permissions.can_approve_election(user, election)
    steps: list[tuple[Any, str, bool, Callable[[], None]]] = [
        (_("Nominate a candidate"), "nominate", keeps, progress.refuse_nomination),
        (_("Enter who was written in"), "write_in", keeps, progress.refuse_write_in),
        (_("Enter the count"), "count_votes", keeps, progress.refuse_count),
        (
            _("Enter a second ballot"),
            "count_again",
            keeps,
            progress.refuse_second_count,
        ),
        (
            _("Propose an officer of the committee"),
            "propose_officer",
            keeps,
            progress.refuse_officers,
        ),
        (
            _("Enter the count of the committee"),
            "count_committee",
            keeps,
            progress.refuse_committee_count,
        ),
        (
            _("Approve the result"),
            "approve_election",
            approves,
            progress.refuse_approval,
        ),
        (
            _("Correct the approval"),
            "change_approval",
            approves,
            progress.refuse_undo_approval,
        ),
        (
            _("Take the approval back …"),
            "void_approval",
            approves,
            progress.refuse_undo_approval,
        ),
    ]
    links = [
        (label, name) for label, name, may, check in steps if may and is_possible(check)
    ]
    may_void = approves if election.is_over else keeps
    if may_void and election.voided_at is None:
        links.append((pgettext("election", "Call off or void …"), "void_election"))
    papers = [(_("Papers"), "election_papers")]
    return [
        Link(label, reverse(f"communities:{name}", args=[election.pk]))
        for label, name in [*papers, *links]
    ]


def state_of(progress: ElectionProgress) -> StrOrPromise:
    """Return how far an election has come, with the seats that are still empty."""
    election = progress.election
    waits = election.is_counted and not election.is_over
    left = [
        f"{post.kind.name}{progress.seats_left(post)}"
        for post in progress.posts
        if progress.seats_left(post) > 0
    ]
    if election.voided_at is not None or not waits or not left:
        return election.state_label
    words = (
        _("Counted; seats not filled: %(left)s. Vote again, or have it approved so")
        if is_possible(progress.refuse_approval)
        else _("Counted; not to be approved yet, seats not filled: %(left)s")
    )
    return str(words) % {"left": "、".join(left)}


def detail_rows_of(progress: ElectionProgress) -> list[DetailRow]:
    """Return the details of an election."""
    election, body = progress.election, progress.election.body
    rows = [
        DetailRow(_("Body"), body, body.get_absolute_url()),
        DetailRow(_("Party organization"), body.organization),
        DetailRow(_("State"), state_of(progress)),
        DetailRow(_("Day of the election"), election.held_on),
        DetailRow(_("Voters that it needs"), body.kind.get_election_quorum_display()),
    ]
    for post in progress.posts:
        label = (
            _("%(seat)s, elected by the committee")
            if post.by_committee
            else _("%(seat)s, elected by the voters")
        )
        filled = _("%(filled)s of %(seats)s seats filled")
        values = {"filled": len(progress.elected_into(post)), "seats": post.seats}
        rows.append(DetailRow(label % {"seat": post.kind.name}, filled % values))
    if election.is_over:
        rows += [
            DetailRow(_("Approved by"), election.approved_by),
            DetailRow(_("Approved on"), election.approved_on),
            DetailRow(_("Number of the approval"), election.approval_number or "—"),
        ]
    return rows
