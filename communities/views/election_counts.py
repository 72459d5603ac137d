"""Forms of the counts of elections: entering, correcting and voiding them."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.election_counts import check_count, voters_of
from communities.actions.election_progress import ElectionProgress
from communities.actions.election_rules import fewest_present
from communities.enums import BallotKind, ElectionQuorum, Eligibility
from communities.forms import CorrectCountForm, CountForm
from communities.models import Ballot
from communities.views.election_forms import ElectionView
from communities.views.elections import candidates_by_strokes
from core.web.views import ChangeView, ReasonView

COUNT_FORM = "communities/count_form.html"


class CountPage:
    """What a page of a count shows beside its fields: how many voters it needs."""

    def describe_count(
        self, progress: ElectionProgress, kind: BallotKind
    ) -> dict[str, Any]:
        """Return how many voters there are and must be present, where it is known."""
        body = progress.election.body
        quorum = ElectionQuorum(body.kind.election_quorum)
        is_known = (
            kind == BallotKind.COMMITTEE or body.kind.open_to == Eligibility.MEMBERS
        )
        voters = voters_of(progress, kind) if is_known else None
        return {
            "voters": voters,
            "needed": None if voters is None else fewest_present(voters, quorum),
            "quorum": quorum.label,
            "posts": progress.posts,
            "by_committee": kind == BallotKind.COMMITTEE,
        }


class CountVotes(CountPage, ElectionView):
    """A record keeper enters how many voted, and for whom."""

    kind: ClassVar[BallotKind] = BallotKind.FIRST
    template_name = COUNT_FORM
    form_class = CountForm
    title = _("Enter the count")
    success_message = _("The votes were counted.")

    def refuse_beforehand(self) -> None:
        check_count(self.progress, self.kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        by_committee = self.kind == BallotKind.COMMITTEE
        people = self.progress.to_be_voted_on(by_committee=by_committee)
        return {
            **super().get_form_kwargs(),
            "election": self.row,
            "kind": self.kind,
            "candidates": candidates_by_strokes(people),
        }

    def run_action(self, form: CountForm) -> None:
        values = form.action_values()
        actions.count_votes(self.row, kind=self.kind, by=self.request.user, **values)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.describe_count(self.progress, self.kind)
        return super().get_context_data(**shown, **kwargs)


class CountAgain(CountVotes):
    """A record keeper enters a second ballot, where too few were elected."""

    kind = BallotKind.AGAIN
    title = _("Enter a second ballot")


class CountCommittee(CountVotes):
    """A record keeper enters whom the new committee elected from among itself."""

    kind = BallotKind.COMMITTEE
    title = _("Enter the count of the committee")


class BallotRows:
    """Counts with their election, for who keeps its body."""

    model = Ballot
    request: Any

    def get_rows(self) -> Any:
        rows = Ballot.objects.visible_to(self.request.user)
        election = "election__body"
        return rows.select_related(f"{election}__kind", f"{election}__organization")

    def has_permission(self, obj: Ballot) -> bool:
        """Whether the reader keeps the body that is elected."""
        return permissions.can_keep_body(self.request.user, obj.election.body)


class CorrectCount(CountPage, BallotRows, ChangeView[Ballot]):
    """A record keeper corrects the last count of an election before its approval."""

    template_name = COUNT_FORM
    form_class = CorrectCountForm
    title = _("Correct the count")
    success_message = _("The count was corrected. The log keeps what it was.")

    def refuse_beforehand(self) -> None:
        ElectionProgress(self.row.election).refuse_correction(self.row)

    def get_initial(self) -> dict[str, Any]:
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        kind = BallotKind(self.row.kind)
        progress = ElectionProgress(self.row.election, without=self.row)
        people = progress.to_be_voted_on(by_committee=kind == BallotKind.COMMITTEE)
        return {
            **super().get_form_kwargs(),
            "election": self.row.election,
            "kind": kind,
            "ballot": self.row,
            "candidates": candidates_by_strokes(people),
        }

    def run_action(self, form: CorrectCountForm) -> None:
        actions.correct_count(self.row, by=self.request.user, **form.action_values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = ElectionProgress(self.row.election, without=self.row)
        shown = self.describe_count(progress, BallotKind(self.row.kind))
        return super().get_context_data(**{"lead": self.row, **shown, **kwargs})


class VoidCount(BallotRows, ReasonView[Ballot]):
    """A record keeper voids the last count of an election."""

    read_with = ("votes", "election", "election.posts", "election.candidates")
    action = staticmethod(actions.void_count)
    title = _("Void the count")
    submit_label = _("Void the count")
    success_message = _("The count was voided.")
    consequence = _(
        "It stays on record with the reason. The votes are entered anew, or the vote is"
        " held again. If only a number is mistyped, correct the count instead."
    )

    def refuse_beforehand(self) -> None:
        ElectionProgress(self.row.election).refuse_correction(self.row)
