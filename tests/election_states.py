"""Elections, terms, returns and certificates in one state each, with their forms.

`FORMS` names the forms of each state by their addresses, whether the page offers them
or not: whoever opens one directly is told beforehand what would be refused.
"""

import datetime as dt

from django.urls import reverse

from communities.actions import (
    approve_election,
    count_votes,
    propose_officer,
    void_election,
)
from communities.enums import BallotKind
from communities.models import Ballot
from reports.models import MonthlyReturn
from tests.access_matrix import absences, bodies, reports
from tests.factories.communities import CandidateFactory, ElectionFactory

ELECTED = dt.date(2026, 6, 1)


def election_called(world):
    return bodies.elections(world)[0]


def election_of_a_day_to_come(world):
    body = bodies.bodies(world)[0]
    election = ElectionFactory(body=body, held_on=dt.date(2027, 6, 1))
    CandidateFactory(election=election, member=world.member)
    return election


def election_without_candidates(world):
    return ElectionFactory(body=bodies.bodies(world)[0], held_on=ELECTED)


def election_counted(world):
    bodies.counted(election_called(world))
    return election_called(world)


def election_in_which_nobody_was_elected(world):
    bodies.counted(election_called(world), votes=2)
    return election_called(world)


def election_approved(world):
    election = election_counted(world)
    return approve_election(
        election, approved_by="街道党工委", approved_on=ELECTED, by=None
    )


def election_voided(world):
    return void_election(election_called(world), by=None, reason="改期")


def approved_election_voided(world):
    return void_election(election_approved(world), by=None, reason="不符合程序")


def committee_elected(world):
    return bodies.committees(world)[0]


def officer_proposed(world):
    election = committee_elected(world)
    leader = election.posts.get(by_committee=True).kind
    person = election.candidates.get(by_committee=False)
    propose_officer(election, kind=leader, person=person, by=None)
    return election


def officer_elected(world):
    election = officer_proposed(world)
    officer = election.candidates.get(by_committee=True)
    count_votes(
        election,
        kind=BallotKind.COMMITTEE,
        present=1,
        valid_ballots=1,
        votes={officer.pk: (1, 0, 0)},
        by=None,
    )
    return election


def body_page(make):
    """The page of the body whose election is in this state."""

    def body_with(world):
        return make(world).body

    body_with.__name__ = f"body_with_{make.__name__}"
    return body_with


def body_with_an_extended_term(world):
    bodies.extended_args(world)
    return bodies.bodies(world)[0]


ELECTIONS = [
    election_called,
    election_of_a_day_to_come,
    election_without_candidates,
    election_counted,
    election_in_which_nobody_was_elected,
    election_approved,
    election_voided,
    approved_election_voided,
    committee_elected,
    officer_proposed,
    officer_elected,
]
ELECTION_STATES = [
    *ELECTIONS,
    *(body_page(make) for make in ELECTIONS),
    body_with_an_extended_term,
]
ELECTION_FORMS = (
    *("nominate", "write_in", "count_votes", "count_again", "propose_officer"),
    *("count_committee", "approve_election", "change_approval", "void_approval"),
    "void_election",
)
TERM_FORMS = ("extend_term", "void_extension", "void_term")


def forms_of_election(make):
    """The forms over the election, its body, its candidates, counts and terms."""

    def forms_with(world):
        election = make(world)
        ballots = Ballot.all_objects.filter(election=election)
        over = {
            **{name: [election.pk] for name in ELECTION_FORMS},
            "call_election": [election.body_id],
            "withdraw_candidate": election.candidates.values_list("pk", flat=True),
            "correct_count": ballots.values_list("pk", flat=True),
            "void_count": ballots.values_list("pk", flat=True),
            **dict.fromkeys(
                TERM_FORMS, election.body.terms.values_list("pk", flat=True)
            ),
        }
        return [
            reverse(f"communities:{name}", args=[pk])
            for name, keys in over.items()
            for pk in keys
        ]

    forms_with.__name__ = f"forms_with_{make.__name__}"
    return forms_with


def forms_of_extended_term(world):
    term = body_with_an_extended_term(world).terms.get()
    return [reverse(f"communities:{name}", args=[term.pk]) for name in TERM_FORMS]


RETURN_FORMS = ("send_back", "extend", "accept")


def forms_of_return(args):
    """The forms over a return in one state, and those of the street over it."""

    def forms_with(world):
        [pk] = args(world)[0]
        return [
            *(reverse(f"reports:{name}", args=[pk]) for name in RETURN_FORMS),
            reverse("reports:comment", args=[pk, first_line(pk)]),
        ]

    forms_with.__name__ = f"forms_with_{args.__name__}"
    return forms_with


def first_line(pk):
    row = MonthlyReturn.objects.get(pk=pk)
    return row.round.form.lines.all()[0].pk


def forms_of_answered_comment(world):
    pk = reports.comment_args(world)[0][0]
    return [reverse("reports:answer_comment", args=[pk])]


def forms_of_extended_deadline(world):
    extension = reports.extension_args(world)[0][0]
    row = reports.drafts(world)[0]
    return [
        reverse("reports:extend", args=[row.pk]),
        reverse("reports:void_extension", args=[extension]),
    ]


def forms_of_certificate_held(world):
    absences.certificates(world)
    return [reverse("members:issue_certificate", args=[world.member.pk])]


FORMS = [
    *(forms_of_election(make) for make in ELECTIONS),
    forms_of_extended_term,
    *(
        forms_of_return(args)
        for args in (
            reports.draft_args,
            reports.submitted_args,
            reports.returned_args,
            reports.published_args,
        )
    ),
    forms_of_answered_comment,
    forms_of_extended_deadline,
    forms_of_certificate_held,
]
