"""Forms of the approval of elections: entering it, correcting it, taking it back."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.election_progress import ElectionProgress
from communities.forms import ApprovalForm, ChangeApprovalForm
from communities.models import Election
from communities.views.election_forms import ElectionView
from communities.views.elections import ElectionRows
from core.web.views import ChangeView, ReadFirstView, ReasonView

VOIDS_ITS_TERM = _(
    "It stays on record with the reason. The term that it began and the seats that were"
    " taken with it are voided; the term before it goes on, with whoever sat in it."
)


class ApprovalRows(ElectionView):
    """Base of forms over an approval, for who may approve."""

    def has_permission(self, obj: Election) -> bool:
        return permissions.can_approve_election(self.request.user, obj)


class ApproveElection(ApprovalRows, ReadFirstView[Election]):
    """Street staff approve a result; of residents' bodies their keepers announce it."""

    form_class = ApprovalForm
    template_name = "communities/approve_election.html"
    action = staticmethod(actions.approve_election)
    title = _("Approve the result")
    submit_label = _("Approve")
    success_message = _("The new term has begun, and who was elected holds a seat.")

    def refuse_beforehand(self) -> None:
        self.progress.refuse_approval()

    def shown_rows(self, row: Election) -> Iterable[Model]:
        progress = ElectionProgress(row)
        return [
            row,
            *progress.posts,
            *progress.ballots,
            *progress.votes,
            *progress.standing,
        ]

    def shown_texts(self, row: Election) -> list[str]:
        return [str(row), *(one.name for one in ElectionProgress(row).standing)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = self.progress
        elected = [
            (post, progress.elected_into(post), progress.seats_left(post))
            for post in progress.posts
        ]
        extra = {"elected": elected, "ballots": progress.ballots}
        return super().get_context_data(**{**extra, **kwargs})


class ChangeApproval(ApprovalRows, ChangeView[Election]):
    """Who may approve corrects by whom, when and in which paper it was approved."""

    form_class = ChangeApprovalForm
    action = staticmethod(actions.change_approval)
    title = _("Correct the approval")

    def refuse_beforehand(self) -> None:
        self.progress.refuse_undo_approval()


class VoidApproval(ApprovalRows, ReasonView[Election]):
    """Who may approve takes an approval back."""

    read_with = ("posts", "ballots", "ballots.votes", "candidates", "term")
    action = staticmethod(actions.void_approval)
    title = _("Take the approval back")
    submit_label = _("Take the approval back")
    success_message = _("The approval was taken back, and its term voided.")
    consequence = _(
        "The term that it began and the seats that were taken with it are voided; the"
        " term before it goes on, with whoever sat in it. The count can be corrected"
        " then, and the result approved anew."
    )

    def refuse_beforehand(self) -> None:
        self.progress.refuse_undo_approval()


class VoidElection(ElectionRows, ReasonView[Election]):
    """A record keeper calls an election off; who may approve voids an approved one."""

    read_with = ("posts", "ballots", "ballots.votes", "candidates", "term")
    action = staticmethod(actions.void_election)
    title = _("Void the election")
    submit_label = _("Void the election")
    success_message = _("The election was voided.")
    consequence = _(
        "It stays on record with the reason. Another election can be called then."
    )

    def has_permission(self, obj: Election) -> bool:
        if obj.is_over:
            return permissions.can_approve_election(self.request.user, obj)
        return super().has_permission(obj)

    def refuse_beforehand(self) -> None:
        progress = ElectionProgress(self.row)
        if not self.row.is_over or self.row.voided_at is not None:
            progress.refuse_closed()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"consequence": VOIDS_ITS_TERM} if self.row.is_over else {}
        return super().get_context_data(**shown, **kwargs)
