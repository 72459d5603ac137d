"""The workbooks on one topic: which figures, splits and ratios stand on their sheets.

A topic is data over figures that exist: its workbook is written for any place and
period.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """A sheet of figures, a column each; `opening` begins with a stock's former end."""

    name: StrOrPromise
    keys: Sequence[str]
    opening: str = ""


@dataclass(frozen=True, slots=True)
class SplitSheet:
    """A sheet of one figure split in one way, a column for each band."""

    name: StrOrPromise
    key: str
    by: str


@dataclass(frozen=True, slots=True)
class RatioSheet:
    """A sheet of ratios, each beside both of its numbers, at the end of the period."""

    name: StrOrPromise
    keys: Sequence[str]


Sheet = FigureSheet | SplitSheet | RatioSheet


@dataclass(frozen=True, slots=True)
class Topic:
    """A workbook: what it is called, its title, and its sheets in order."""

    key: str
    label: StrOrPromise
    title: StrOrPromise
    sheets: Sequence[Sheet]


topics: Registry[Topic] = Registry("Topic of a workbook")

MEMBERS = "members_closing"
topics.add(
    Topic(
        "funds",
        _("Funds"),
        _("Summary of funds"),
        (
            FigureSheet(
                _("Income and expenditure"),
                ("income", "spending", "fund_balance"),
                opening="fund_balance",
            ),
            SplitSheet(_("Income by source"), "income", "source"),
            SplitSheet(_("Income by kind of fund"), "income", "fund"),
            SplitSheet(_("Expenditure by kind of fund"), "spending", "fund"),
            SplitSheet(_("Expenditure on co-building"), "spending", "tag"),
        ),
    ),
    Topic(
        "cobuilding",
        _("Co-building and volunteering"),
        _("Summary of co-building and volunteering"),
        (
            FigureSheet(
                _("Co-building"),
                (
                    *("units", "units_with_agreement", "agreements_in_force"),
                    *("targets_due", "targets_on_course"),
                ),
            ),
            FigureSheet(
                _("Volunteering"), ("posts_open", "claims_made", "service_hours")
            ),
            SplitSheet(
                _("Agreements by sector of the unit"), "agreements_in_force", "sector"
            ),
            SplitSheet(_("Hours by category of the post"), "service_hours", "post"),
            RatioSheet(
                _("Shares of co-building and service"),
                (
                    "units_agreement_share",
                    "targets_on_course_share",
                    "hours_per_member",
                ),
            ),
        ),
    ),
    Topic(
        "structure",
        _("Structure of the members"),
        _("Summary of the structure of members"),
        (
            FigureSheet(
                _("Members in sum"),
                (
                    *("members_closing", "members_women", "members_young"),
                    *("members_mobile", "members_lost"),
                ),
            ),
            SplitSheet(_("Members by age"), MEMBERS, "age"),
            SplitSheet(_("Members by sex"), MEMBERS, "sex"),
            SplitSheet(_("Members by education"), MEMBERS, "education"),
            SplitSheet(_("Members by category"), MEMBERS, "category"),
            SplitSheet(_("Members by time of joining"), MEMBERS, "joined"),
            RatioSheet(
                _("Shares of members"),
                (
                    *("members_women_share", "members_young_share"),
                    *("members_mobile_share", "members_lost_share"),
                ),
            ),
        ),
    ),
    Topic(
        "check_ins",
        _("Check-in and service"),
        _("Summary of check-in and service"),
        (
            FigureSheet(
                _("From check-in to service"),
                (
                    *("members_checked_in", "members_checked_in_pledged"),
                    *("members_checked_in_claimed", "members_checked_in_served"),
                ),
            ),
            FigureSheet(
                _("Claims and hours in the period"), ("claims_made", "service_hours")
            ),
            SplitSheet(_("Checked in, by age"), "members_checked_in", "age"),
            SplitSheet(
                _("Checked in, by sector of the employer"),
                "members_checked_in",
                "sector",
            ),
            RatioSheet(
                _("Shares of those checked in"),
                (
                    *("members_pledged_share", "members_claimed_share"),
                    "members_served_share",
                ),
            ),
        ),
    ),
)
