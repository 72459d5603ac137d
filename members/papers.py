"""On what paper each record rests: letter, approval or file (S3-05)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.db.querysets import any_of
from core.text import StrOrPromise
from members.enums import TransferState
from members.models import Affiliation, Member, Transfer
from organizations.models import Organization

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its label, and whose record rests on one."""

    key: str
    label: StrOrPromise
    where: Callable[[], Q]


def _by_letter() -> Q:
    """Who came here by a transfer letter that was received."""
    received = Transfer.objects.filter(state=TransferState.RECEIVED)
    return Q(Exists(received.filter(member=OuterRef("pk"))))


def _by_approval() -> Q:
    """Whose admission the superior approved on a day that is on record."""
    approved = Affiliation.objects.filter(approved_on__isnull=False)
    return Q(Exists(approved.filter(member=OuterRef("pk"))))


def _by_file() -> Q:
    """Of whose record it is written which file or document it was taken from."""
    return ~Q(basis="")


def _by_none() -> Q:
    """Whose record rests on none of these."""
    return ~any_of([_by_letter(), _by_approval(), _by_file()])


PAPERS = (
    Paper("letter", _("Transfer letter"), _by_letter),
    Paper("approval", _("Approval of the admission"), _by_approval),
    Paper("file", _("File or document named"), _by_file),
    Paper(WITHOUT, _("Without a paper"), _by_none),
)


def resting_on(key: str) -> Q:
    """Return the condition on members whose record rests on a kind of paper."""
    return next(paper.where() for paper in PAPERS if paper.key == key)


def paper_choices() -> list[tuple[str, StrOrPromise]]:
    """Return the kinds of paper by which the list is filtered, with their labels."""
    return [(paper.key, paper.label) for paper in PAPERS]


def describe_papers(member: Member) -> str:
    """Return on what paper a member's record rests, in words."""
    rows = Member.all_objects.filter(pk=member.pk)
    found = [paper for paper in PAPERS if rows.filter(paper.where()).exists()]
    words = [
        member.basis if paper.key == "file" else str(paper.label) for paper in found
    ]
    return "、".join(words)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One organization: its members, and how many records rest on which paper."""

    organization: Organization
    members: int
    counts: Mapping[str, int]

    def url_of(self, key: str) -> str:
        """Return the list of those here whose record rests on a kind of paper."""
        query = f"organization={self.organization.pk}&record=on_rolls&paper={key}"
        return f"{reverse('members:list')}?{query}"


def list_papers(user: Actor) -> list[PaperLine]:
    """Return the organizations of the reader's area that have members, by the tree.

    A record may rest on several papers and is then counted under each.
    """
    counts: Any = {
        f"by_{paper.key}": Count("pk", filter=paper.where()) for paper in PAPERS
    }
    rows: Any = Member.objects.on_rolls(user).order_by().values("organization")
    found = {row["organization"]: row for row in rows.annotate(n=Count("pk"), **counts)}
    places = Organization.objects.filter(pk__in=found).order_by("path")
    return [
        PaperLine(
            place,
            found[place.pk]["n"],
            {paper.key: found[place.pk][f"by_{paper.key}"] for paper in PAPERS},
        )
        for place in places
    ]
