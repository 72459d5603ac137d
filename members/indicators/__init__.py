"""Figures about members, each defined once."""

from members.indicators.appraisals import APPRAISED
from members.indicators.membership import COMPOSITION, GAINED, PERSONS
from members.indicators.pocket import POCKET

__all__ = ["APPRAISED", "COMPOSITION", "GAINED", "PERSONS", "POCKET"]
