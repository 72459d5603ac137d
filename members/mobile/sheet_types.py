"""The types of sheet that arrive where a register of mobile members is expected."""

import re
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from members.roster.other_sheet_types import INFLOW
from members.roster.sheet_types import (
    ABSENCES,
    CHECK_IN,
    MOBILE,
    MOBILE_TITLES,
    ROSTER,
    SHEET_TYPES,
)

BELONGS_TO_ROSTERS = _("Upload it as a roster of Party members.")
REGISTER = replace(
    ABSENCES,
    titles=re.compile(
        f"{ABSENCES.titles.pattern}|{MOBILE_TITLES.pattern}|{INFLOW.titles.pattern}"
    ),
    refusal="",
)
# Rosters and check-ins are read by another kind of import.
REGISTER_TYPES = tuple(
    REGISTER
    if sheet_type is ABSENCES
    else replace(sheet_type, refusal=BELONGS_TO_ROSTERS)
    if sheet_type.key in {ROSTER, CHECK_IN}
    else sheet_type
    for sheet_type in SHEET_TYPES
    if sheet_type.key not in {MOBILE, INFLOW.key}
)
