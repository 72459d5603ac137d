"""What kinds of people stood in an election and came in, beside the one before it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from communities.composition import format_share
from communities.models import BallotVotes, Candidate, CandidateTrait, Election
from core.text import StrOrPromise
from organizations.queries import code_items

TRAITS = "candidate_traits"
"""The code list of traits."""


@dataclass(frozen=True, slots=True)
class TraitLine:
    """One trait: how many of who stood had it, of who was elected, and last time."""

    label: StrOrPromise
    standing: int
    elected: int
    share: str
    before: str


def labels_by_candidate(rows: Iterable[Candidate]) -> dict[int, str]:
    """Return the traits of candidates as lists write them, by their keys."""
    labels = dict(code_items(TRAITS))
    found: dict[int, list[str]] = {}
    traits = CandidateTrait.objects.filter(candidate__in=[row.pk for row in rows])
    for row in traits.order_by("pk"):
        found.setdefault(row.candidate_id, []).append(labels.get(row.trait, row.trait))
    return {key: "、".join(texts) for key, texts in found.items()}


def compare_traits(election: Election) -> list[TraitLine]:
    """Return how many had each trait, those with none last; nothing if none has any."""
    standing = _traits_of(election, elected=False)
    elected = _traits_of(election, elected=True)
    last = _election_before(election)
    before = _traits_of(last, elected=True) if last is not None else None
    if not any(standing.values()):
        return []
    counts, got = _count(standing), _count(elected)
    had = _count(before) if before is not None else None
    traits: list[tuple[str, StrOrPromise]] = [*code_items(TRAITS)]
    return [
        TraitLine(
            label,
            counts[code],
            got[code],
            format_share(got[code], len(elected)) if elected else "—",
            f"{had[code]}" if had is not None else "—",
        )
        for code, label in [*traits, ("", _("none of these"))]
    ]


def _count(traits: dict[int, set[str]]) -> Counter[str]:
    """Count the people with each trait, and those with none under the empty key."""
    return Counter(code for codes in traits.values() for code in codes or {""})


def _traits_of(election: Election, *, elected: bool) -> dict[int, set[str]]:
    """Return the traits of whom voters could choose, or chose, by candidate."""
    rows = Candidate.objects.filter(
        election=election, by_committee=False, withdrawn_on=None
    )
    if elected:
        chosen = BallotVotes.objects.valid().filter(
            ballot__election=election, is_elected=True
        )
        rows = rows.filter(pk__in=chosen.order_by().values("candidate"))
    found: dict[int, set[str]] = {
        key: set() for key in rows.values_list("pk", flat=True)
    }
    traits = CandidateTrait.objects.filter(candidate__in=list(found))
    for key, code in traits.values_list("candidate", "trait"):
        found[key].add(code)
    return found


def _election_before(election: Election) -> Election | None:
    """Return the election of the same body before this one that began a term."""
    rows = Election.objects.filter(body=election.body_id, held_on__lt=election.held_on)
    last: Election | None = rows.exclude(term=None).order_by("-held_on", "-pk").first()
    return last
