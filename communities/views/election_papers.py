"""Papers of elections: lists, records of the count, requests and approvals."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView

from communities.actions.election_progress import ElectionProgress
from communities.actions.election_results import seated
from communities.models import Candidate, Election, ElectionPost
from communities.views.bodies import body_list_breadcrumb
from communities.views.elections import (
    ELECTIONS,
    ElectionRows,
    ballots_of,
    candidates_by_strokes,
)
from core.months import today
from core.text import StrOrPromise
from core.web.components import Link
from core.web.views import PermittedObjectMixin


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an election: what it is called, and from which moment it is printed.

    `part` is the template of its text; official papers go from the place to its
    superior (a request) or back (an approval).
    """

    slug: str
    label: StrOrPromise
    part: str
    after_count: bool = False
    from_above: bool = False

    @property
    def is_official(self) -> bool:
        """Whether it is a request or an approval, with addressee and seal."""
        return self.slug.startswith(("request", "approval"))

    def day_of(self, election: Election) -> dt.date | None:
        """Return the day of the paper, where it is on record."""
        return election.approved_on if self.slug == "approval-result" else None


PAPERS = (
    Paper("request-call", _("Request to hold the election"), "call"),
    Paper(
        "approval-call",
        _("Approval of holding the election"),
        "call",
        from_above=True,
    ),
    Paper("candidates", _("List of candidates"), "candidates"),
    Paper("request-candidates", _("Request about the candidates"), "candidates"),
    Paper(
        "approval-candidates",
        _("Approval of the candidates"),
        "candidates",
        from_above=True,
    ),
    Paper("result", _("Record of the count"), "result", after_count=True),
    Paper(
        "request-result",
        _("Request to approve the result"),
        "result",
        after_count=True,
    ),
    Paper(
        "approval-result",
        _("Approval of the result"),
        "result",
        after_count=True,
        from_above=True,
    ),
)
ALONE = {"candidates", "result"}
"""Papers that bodies without a superior's approval have, too."""


def papers_of(progress: ElectionProgress) -> list[Paper]:
    """Return the papers that can be printed of an election now."""
    return [
        paper
        for paper in PAPERS
        if (progress.ballots or not paper.after_count)
        and (progress.election.body.kind.is_approved_above or paper.slug in ALONE)
    ]


class ElectionPapers(ElectionRows, PermittedObjectMixin[Election], TemplateView):
    """The papers of an election that can be printed now."""

    template_name = "communities/election_papers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        election = self.get_object()
        papers = [
            Link(
                paper.label,
                reverse("communities:election_paper", args=[election.pk, paper.slug]),
            )
            for paper in papers_of(ElectionProgress(election))
        ]
        crumbs = [
            body_list_breadcrumb(),
            Link(ELECTIONS, reverse("communities:elections")),
            Link(str(election), election.get_absolute_url()),
            Link(_("Papers")),
        ]
        return super().get_context_data(
            title=_("Papers of the election"),
            election=election,
            voided=election if election.voided_at else None,
            papers=papers,
            breadcrumbs=crumbs,
            **kwargs,
        )


class ElectionPaper(ElectionRows, PermittedObjectMixin[Election], TemplateView):
    """One paper of an election, on A4."""

    def get_template_names(self) -> list[str]:
        name = "official" if self.paper.is_official else self.paper.part
        return [f"communities/papers/{name}.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        election = self.get_object()
        progress = ElectionProgress(election)
        found = {paper.slug: paper for paper in papers_of(progress)}
        if self.kwargs["paper"] not in found:
            raise Http404
        self.paper = found[self.kwargs["paper"]]
        here, above = election.body.organization.full_name, superior_of(election)
        shown = {
            "title": title_of(self.paper, election),
            "election": election,
            "paper": self.paper,
            "text": f"communities/papers/_{self.paper.part}_text.html",
            "issuer": above if self.paper.from_above else here,
            "addressee": here if self.paper.from_above else above,
            "issued_on": self.paper.day_of(election),
            "posts": progress.posts,
            "counts": ballots_of(progress),
            "candidates": candidates_by_strokes(
                [one for one in progress.standing if not one.by_committee]
            ),
            "people": people_of(progress),
            "elected": seated(progress),
            "back_url": reverse("communities:election_papers", args=[election.pk]),
            "printed_on": today(),
        }
        return {**super().get_context_data(**kwargs), **shown}


def people_of(
    progress: ElectionProgress,
) -> list[tuple[ElectionPost, list[Candidate]]]:
    """Return who stands for the seats of each kind, by strokes."""
    return [
        (
            post,
            candidates_by_strokes(
                [one for one in progress.standing if one.kind_id == post.kind_id]
            ),
        )
        for post in progress.posts
    ]


def superior_of(election: Election) -> str:
    """Return who approved the result as recorded, until then the organization above."""
    parent = election.body.organization.parent
    return election.approved_by or (parent.full_name if parent is not None else "")


TITLES = {
    "request-call": pgettext_lazy("paper", "Request to hold the election of %(body)s"),
    "approval-call": pgettext_lazy("paper", "Reply: holding the election of %(body)s"),
    "candidates": pgettext_lazy("paper", "Candidates for %(body)s"),
    "request-candidates": pgettext_lazy(
        "paper", "Request about the candidates for %(body)s"
    ),
    "approval-candidates": pgettext_lazy("paper", "Reply: the candidates for %(body)s"),
    "result": pgettext_lazy("paper", "Result of the election of %(body)s"),
    "request-result": pgettext_lazy(
        "paper", "Request to approve the result of the election of %(body)s"
    ),
    "approval-result": pgettext_lazy(
        "paper", "Reply: the result of the election of %(body)s"
    ),
}


def title_of(paper: Paper, election: Election) -> str:
    """Return the heading of a paper."""
    return str(TITLES[paper.slug] % {"body": election.body.name})
