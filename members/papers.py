"""On what paper each record rests: letter, approval, round or file (S3-05)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.db.querysets import any_of
from core.text import StrOrPromise
from members.belonging import GUESTS, ON_ROLLS, Belonging
from members.checkin_basis import checked_in_by_round, without_check_in_basis
from members.enums import TransferState
from members.models import Affiliation, Member, Transfer
from organizations.models import Organization

WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its label, whose record rests on one, of whom it is asked."""

    key: str
    label: StrOrPromise
    where: Callable[[], Q]
    asked_of: tuple[str, ...] = (ON_ROLLS,)


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
    """Whose record rests on none of these; of a check-in alone, that is asked apart."""
    checked_in_alone = Q(organization=None, community__isnull=False)
    return ~any_of([_by_letter(), _by_approval(), _by_file(), checked_in_alone])


PAPERS = (
    Paper("letter", _("Transfer letter"), _by_letter),
    Paper("approval", _("Approval of the admission"), _by_approval),
    Paper("round", _("Round of checking in"), checked_in_by_round, (GUESTS,)),
    Paper("file", _("File or document named"), _by_file, (ON_ROLLS, GUESTS)),
    Paper(WITHOUT, _("Without a paper"), _by_none),
    Paper(
        "without_check_in_basis",
        _("Check-in without a round or document"),
        without_check_in_basis,
        (GUESTS,),
    ),
)


def papers_asked_of(belonging: Belonging) -> list[Paper]:
    """Return the papers on which a record of such a member may rest, and none."""
    return [paper for paper in PAPERS if belonging.key in paper.asked_of]


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
    belonging: Belonging
    members: int
    counts: Mapping[str, int]

    def url_of(self, key: str = "") -> str:
        """Return the list of those here, or of those whose record rests on a paper."""
        query = f"organization={self.organization.pk}&record={self.belonging.key}"
        resting = f"&paper={key}" if key else ""
        return f"{reverse('members:list')}?{query}{resting}"


def list_papers(user: Actor, belonging: Belonging) -> list[PaperLine]:
    """Return the organizations of the reader's area that have members, by the tree.

    A record may rest on several papers and is then counted under each.
    """
    papers = papers_asked_of(belonging)
    counts: Any = {
        f"by_{paper.key}": Count("pk", filter=paper.where()) for paper in papers
    }
    rows: Any = belonging.members_of(user).order_by().values(belonging.place)
    rows = rows.annotate(n=Count("pk"), **counts)
    found = {row[belonging.place]: row for row in rows}
    places = Organization.objects.filter(pk__in=found).order_by("path")
    return [
        PaperLine(
            place,
            belonging,
            found[place.pk]["n"],
            {paper.key: found[place.pk][f"by_{paper.key}"] for paper in papers},
        )
        for place in places
    ]
