"""Addresses of elections."""

from django.urls import URLPattern, URLResolver, include, path

from communities.views import (
    election_approvals,
    election_counts,
    election_forms,
    election_papers,
    elections,
)

# elections/<pk>/
election_urls = [
    path("", elections.ElectionDetail.as_view(), name="election"),
    path("papers/", election_papers.ElectionPapers.as_view(), name="election_papers"),
    path(
        "papers/<slug:paper>/",
        election_papers.ElectionPaper.as_view(),
        name="election_paper",
    ),
    path("nominate/", election_forms.Nominate.as_view(), name="nominate"),
    path("write-in/", election_forms.WriteIn.as_view(), name="write_in"),
    path("propose/", election_forms.ProposeOfficer.as_view(), name="propose_officer"),
    path("count/", election_counts.CountVotes.as_view(), name="count_votes"),
    path("count-again/", election_counts.CountAgain.as_view(), name="count_again"),
    path(
        "count-committee/",
        election_counts.CountCommittee.as_view(),
        name="count_committee",
    ),
    path(
        "approve/",
        election_approvals.ApproveElection.as_view(),
        name="approve_election",
    ),
    path(
        "change-approval/",
        election_approvals.ChangeApproval.as_view(),
        name="change_approval",
    ),
    path(
        "void-approval/",
        election_approvals.VoidApproval.as_view(),
        name="void_approval",
    ),
    path("void/", election_approvals.VoidElection.as_view(), name="void_election"),
]

# elections/
elections_urls: list[URLPattern | URLResolver] = [
    path("", elections.ElectionList.as_view(), name="elections"),
    path(
        "candidates/<int:pk>/withdraw/",
        election_forms.WithdrawCandidate.as_view(),
        name="withdraw_candidate",
    ),
    path(
        "candidates/<int:pk>/traits/",
        election_forms.SetTraits.as_view(),
        name="set_traits",
    ),
    path(
        "counts/<int:pk>/correct/",
        election_counts.CorrectCount.as_view(),
        name="correct_count",
    ),
    path(
        "counts/<int:pk>/void/", election_counts.VoidCount.as_view(), name="void_count"
    ),
    path("<int:pk>/", include(election_urls)),
]
