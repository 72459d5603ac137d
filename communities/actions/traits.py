"""Record the traits of who stands in elections."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from communities.actions.elections import lock_any_election
from communities.election_errors import ElectionVoided
from communities.models import Body, Candidate, CandidateTrait, Election
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate_all
from organizations.actions import request_recount


@action(label=_("Traits of a candidate recorded"))
def set_traits(
    candidate: Candidate, *, traits: Sequence[str], by: Actor | None
) -> Candidate:
    """Record which traits somebody has who stands; none are left who had them before.

    Also after the election: what kinds of people came in may turn out later.
    """
    election, body = lock_any_election(candidate.election)
    refuse_voided_election(election)
    candidate = election.candidates.select_for_update(of=("self",)).get(pk=candidate.pk)
    before = [row.trait for row in candidate.traits.order_by("pk")]
    after = list(dict.fromkeys(traits))
    if set(before) == set(after):
        return candidate
    candidate.traits.exclude(trait__in=after).delete()
    rows = [
        CandidateTrait(candidate=candidate, trait=trait)
        for trait in after
        if trait not in before
    ]
    validate_all(rows)
    CandidateTrait.objects.bulk_create(rows)
    _count_again(election, body)
    audit.record(
        candidate,
        by=by,
        organization_id=body.organization_id,
        before={"traits": before},
        after={"traits": after},
    )
    return candidate


def refuse_voided_election(election: Election) -> None:
    """Refuse traits of who stood in an election that was voided."""
    if election.voided_at is not None:
        raise ElectionVoided


def _count_again(election: Election, body: Body) -> None:
    if election.term is not None:
        request_recount([(body.organization_id, election.term.starts_on)])
