"""Actions on meetings, projects and bodies."""

from communities.actions.applicants import (
    add_applicant,
    close_recruitment,
    decide_applicant,
    take_on,
    void_applicant,
)
from communities.actions.bodies import (
    add_body_kind,
    add_seat_kind,
    change_body,
    change_body_kind,
    change_seat_kind,
    end_body,
    set_up_body,
    void_body,
)
from communities.actions.covers import cover_unit, end_cover, void_cover
from communities.actions.decisions import (
    carry_out,
    decide,
    record_finding,
    record_sitting,
    void_resolution,
    void_sitting,
)
from communities.actions.election_counts import (
    correct_count,
    count_votes,
    void_count,
)
from communities.actions.election_results import (
    approve_election,
    change_approval,
    void_approval,
    void_election,
)
from communities.actions.elections import (
    call_election,
    nominate,
    propose_officer,
    withdraw_candidate,
)
from communities.actions.facilities import (
    change_facility,
    give_up_facility,
    record_facility,
    void_facility,
)
from communities.actions.filings import file_holding, void_filing
from communities.actions.holdings import (
    change_holding,
    close_holding,
    take_seat,
    vacate_seat,
    void_holding,
)
from communities.actions.honours import record_honour, void_honour
from communities.actions.leavings import void_leaving
from communities.actions.meetings import (
    change_meeting,
    record_meeting,
    void_meeting,
)
from communities.actions.pay import (
    record_pay,
    set_standard,
    void_pay,
    void_standard,
)
from communities.actions.projects import (
    change_project,
    end_project,
    kinds_naming,
    start_project,
    void_project,
)
from communities.actions.recruitments import (
    announce_recruitment,
    change_recruitment,
    void_recruitment,
)
from communities.actions.reserves import (
    add_reserve,
    change_reserve,
    end_reserve,
    void_reserve,
)
from communities.actions.roll import Roll, default_roll, has_vote, is_quorate, roll_of
from communities.actions.seats import close_seat, open_seat
from communities.actions.served import leave_place, serve_place
from communities.actions.term_voids import void_extension, void_term
from communities.actions.terms import begin_term, extend_term
from communities.actions.traits import (
    set_traits,
)
from communities.actions.visits import (
    correct_visit,
    record_visit,
    settle_visit,
    void_visit,
)

__all__ = [
    "Roll",
    "add_applicant",
    "add_body_kind",
    "add_reserve",
    "add_seat_kind",
    "announce_recruitment",
    "approve_election",
    "begin_term",
    "call_election",
    "carry_out",
    "change_approval",
    "change_body",
    "change_body_kind",
    "change_facility",
    "change_holding",
    "change_meeting",
    "change_project",
    "change_recruitment",
    "change_reserve",
    "change_seat_kind",
    "close_holding",
    "close_recruitment",
    "close_seat",
    "correct_count",
    "correct_visit",
    "count_votes",
    "cover_unit",
    "decide",
    "decide_applicant",
    "default_roll",
    "end_body",
    "end_cover",
    "end_project",
    "end_reserve",
    "extend_term",
    "file_holding",
    "give_up_facility",
    "has_vote",
    "is_quorate",
    "kinds_naming",
    "leave_place",
    "nominate",
    "open_seat",
    "propose_officer",
    "record_facility",
    "record_finding",
    "record_honour",
    "record_meeting",
    "record_pay",
    "record_sitting",
    "record_visit",
    "roll_of",
    "serve_place",
    "set_standard",
    "set_traits",
    "set_up_body",
    "settle_visit",
    "start_project",
    "take_on",
    "take_seat",
    "vacate_seat",
    "void_applicant",
    "void_approval",
    "void_body",
    "void_count",
    "void_cover",
    "void_election",
    "void_extension",
    "void_facility",
    "void_filing",
    "void_holding",
    "void_honour",
    "void_leaving",
    "void_meeting",
    "void_pay",
    "void_project",
    "void_recruitment",
    "void_reserve",
    "void_resolution",
    "void_sitting",
    "void_standard",
    "void_term",
    "void_visit",
    "withdraw_candidate",
]
