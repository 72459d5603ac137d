"""Forms of elections: calling them, and who stands in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.election_progress import ElectionProgress
from communities.actions.elections import refuse_call, refuse_withdrawal
from communities.actions.traits import refuse_voided_election
from communities.forms import CallForm, NominationForm, OfficerForm, TraitsForm
from communities.models import Body, Candidate, Election, NonMember, SeatKind
from communities.views.elections import ElectionRows
from core.web.views import ConfirmView, ReadFirstView, RowFormView
from members.models import Member
from organizations.models import Unit


class CallElection(RowFormView[Body]):
    """A record keeper calls the election of a body."""

    model = Body
    form_class = CallForm
    title = _("Call an election")
    submit_label = _("Call")
    success_message = _("The election is called. Nominate its candidates now.")

    def get_rows(self) -> Any:
        return super().get_rows().select_related("kind", "organization")

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def refuse_beforehand(self) -> None:
        refuse_call(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kinds": seats_to_fill(self.row)}

    def run_action(self, form: CallForm) -> str:
        election = actions.call_election(
            self.row, by=self.request.user, **form.action_values()
        )
        return election.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


def seats_to_fill(body: Body) -> list[tuple[SeatKind, int]]:
    """Return the kinds of seat of a body and how many are open, to be proposed.

    The last kind into which voters elect has the seats of the committee's officers
    among its own: the voters elect the whole committee.
    """
    open_seats = body.seats.open().filter(ends_on=None)
    kinds = list(body.kind.seat_kinds.order_by("by_committee", "position", "pk"))
    counts = {kind.pk: open_seats.filter(kind=kind).count() for kind in kinds}
    officers = sum(counts[kind.pk] for kind in kinds if kind.by_committee)
    by_voters = [kind for kind in kinds if not kind.by_committee]
    if by_voters and officers:
        counts[by_voters[-1].pk] += officers
    return [(kind, counts[kind.pk]) for kind in kinds]


class ElectionView(ElectionRows, RowFormView[Election]):
    """Base of forms over one election, for who keeps its body."""

    @property
    def progress(self) -> ElectionProgress:
        """How far the election has come."""
        return ElectionProgress(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self.row, **kwargs})


class Nominate(ElectionView):
    """A record keeper enters who stands in an election."""

    form_class = NominationForm
    action = staticmethod(actions.nominate)
    title = _("Nominate a candidate")
    submit_label = _("Nominate")
    success_message = _("The candidate is on the list.")

    def refuse_beforehand(self) -> None:
        self.progress.refuse_nomination()

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        members = Member.objects.visible_to(user).current()
        return {
            **super().get_form_kwargs(),
            "body": self.row.body,
            "posts": self.progress.voters_posts,
            "members": members.select_related("organization", "community"),
            "others": NonMember.objects.visible_to(user),
            "units": Unit.objects.visible_to(user).open(),
        }


class WriteIn(Nominate):
    """A record keeper enters somebody whom voters wrote on their ballots."""

    title = _("Enter who was written in")
    submit_label = _("Enter")
    success_message = _("Enter the votes of whom was written in with the count.")

    def refuse_beforehand(self) -> None:
        self.progress.refuse_write_in()

    def run_action(self, form: NominationForm) -> None:
        values = form.action_values()
        by = self.request.user
        actions.nominate(self.row, by=by, is_written_in=True, **values)


class ProposeOfficer(ElectionView):
    """A record keeper enters whom the committee may elect from among itself."""

    form_class = OfficerForm
    action = staticmethod(actions.propose_officer)
    title = _("Propose an officer of the committee")
    submit_label = _("Propose")
    success_message = _("The person stands for the office.")

    def refuse_beforehand(self) -> None:
        self.progress.refuse_officers()

    def get_form_kwargs(self) -> dict[str, Any]:
        progress = self.progress
        people, posts = progress.committee, progress.officers_posts
        return {**super().get_form_kwargs(), "people": people, "posts": posts}


class WithdrawCandidate(ConfirmView[Candidate]):
    """A record keeper takes somebody off the list of candidates."""

    read_with = ("election", "election.posts")
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

    def refuse_beforehand(self) -> None:
        refuse_withdrawal(self.row)

    def get_success_url(self) -> str:
        return self.row.election.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.row.election.get_absolute_url()


class SetTraits(ReadFirstView[Candidate]):
    """A record keeper enters what kind of person somebody is who stands."""

    read_with = ("election",)
    model = Candidate
    form_class = TraitsForm
    action = staticmethod(actions.set_traits)
    title = _("Traits of the candidate")
    success_message = _("The traits are on record.")

    def get_rows(self) -> Any:
        rows = super().get_rows().filter(by_committee=False)
        return rows.select_related(
            *("election__body__organization", "election__body__kind"),
            *("member", "non_member", "kind"),
        )

    def has_permission(self, obj: Candidate) -> bool:
        return permissions.can_keep_body(self.request.user, obj.election.body)

    def refuse_beforehand(self) -> None:
        refuse_voided_election(self.row.election)

    def get_initial(self) -> dict[str, Any]:
        kept = self.row.traits.values_list("trait", flat=True)
        return {**super().get_initial(), "traits": list(kept)}

    def get_success_url(self) -> str:
        return self.row.election.get_absolute_url()

    def get_cancel_url(self) -> str:
        return self.row.election.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)
