"""Invariants of members, by what they are about."""

from members.invariants.appraisals import find_wrong_appraisals
from members.invariants.development import (
    find_developments_out_of_order,
    find_undone_probation_decisions,
)
from members.invariants.merges import find_broken_merges, find_people_in_two_places
from members.invariants.opinions import (
    find_opinions_of_other_kinds,
    find_torn_opinions,
)
from members.invariants.own_matters import find_own_matters
from members.invariants.pocket import find_torn_pocket_cases
from members.invariants.records import (
    find_searches_elsewhere,
    find_unclosed_rows,
    find_wrong_terms_of_searches,
)

__all__ = [
    "find_broken_merges",
    "find_developments_out_of_order",
    "find_opinions_of_other_kinds",
    "find_own_matters",
    "find_people_in_two_places",
    "find_searches_elsewhere",
    "find_torn_opinions",
    "find_torn_pocket_cases",
    "find_unclosed_rows",
    "find_undone_probation_decisions",
    "find_wrong_appraisals",
    "find_wrong_terms_of_searches",
]
