"""Doors of returns, of the dashboard and of summaries."""

import datetime as dt

from reports.actions import open_round
from reports.models import MonthlyReturn
from tests.access_matrix.base import Door
from tests.factories.reports import JUNE, publish, submit

#         nobody member liaison secretary clerk_elsewhere branch_secretary staff
#         staff_elsewhere accountant cashier officer system_admin security_admin auditor
ALL_READERS = [302, 403, 403, 200, 200, 200, 200, 200, 403, 403, 200, 403, 403, 403]
EXPORTERS = [302, 403, 403, 200, 200, 403, 200, 200, 403, 403, 200, 403, 403, 403]
LED_HOME = [302, 403, 403, 302, 302, 302, 302, 302, 403, 403, 302, 403, 403, 403]
OWN_PLACE = [302, 404, 404, 200, 404, 404, 200, 404, 403, 403, 200, 403, 403, 403]
OTHER_PLACE = [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 200, 403, 403, 403]
OWN_RETURN = [302, 404, 404, 200, 404, 404, 200, 404, 404, 404, 200, 404, 404, 404]
OTHER_RETURN = [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 200, 404, 404, 404]
FILED_HERE = [302, 404, 404, 200, 404, 404, 403, 404, 404, 404, 403, 404, 404, 404]
FILED_THERE = [302, 404, 404, 404, 200, 404, 404, 403, 404, 404, 403, 404, 404, 404]
SENT_HERE = [302, 404, 404, 302, 404, 404, 403, 404, 404, 404, 403, 404, 404, 404]
SENT_THERE = [302, 404, 404, 404, 302, 404, 404, 403, 404, 404, 403, 404, 404, 404]
ASKED_HERE = [302, 404, 404, 403, 404, 404, 200, 404, 404, 404, 403, 404, 404, 404]
ASKED_THERE = [302, 404, 404, 404, 403, 404, 404, 200, 404, 404, 403, 404, 404, 404]
OWN_ROUND = [302, 404, 404, 404, 404, 404, 200, 404, 404, 404, 200, 404, 404, 404]
OTHER_ROUND = [302, 404, 404, 404, 404, 404, 404, 200, 404, 404, 200, 404, 404, 404]
REMINDED_HERE = [302, 404, 404, 404, 404, 404, 302, 404, 404, 404, 403, 404, 404, 404]
REMINDED_THERE = [302, 404, 404, 404, 404, 404, 404, 302, 404, 404, 403, 404, 404, 404]
OPENERS = [302, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403, 403]


def rounds(world):
    """A round of June in either street."""
    return [
        [open_round(street, JUNE, by=None).pk]
        for street in (world.street, world.other_street)
    ]


def drafts(world):
    """A return of June in either community."""
    rounds(world)
    return [
        MonthlyReturn.objects.get(organization=community, month=JUNE)
        for community in (world.community, world.other_community)
    ]


def draft_args(world):
    """The address of either draft."""
    return [[row.pk] for row in drafts(world)]


def line_args(world):
    """The address of one line of either draft."""
    return [[row.pk, row.round.form.lines.all()[0].pk] for row in drafts(world)]


def submitted_args(world):
    """The address of either return, submitted."""
    return [[submit(row).pk] for row in drafts(world)]


def published_args(world):
    """The address of either return, accepted."""
    return [[publish(row).monthly_return_id] for row in drafts(world)]


def places(world):
    """The address of either community."""
    return [[world.community.pk], [world.other_community.pk]]


def months(world):
    """The address of either community's month."""
    return [[world.community.pk, JUNE], [world.other_community.pk, JUNE]]


def cells(world):
    """The address of one number of either community, with the member behind it."""
    month = dt.date(2026, 10, 1)
    return [
        [pk, month, "members_closing"]
        for pk in (world.community.pk, world.other_community.pk)
    ]


DOORS = {
    "reports:returns": Door("get", ALL_READERS),
    "reports:open_round": Door("get", OPENERS),
    "reports:round": Door("get", OWN_ROUND, OTHER_ROUND, args=rounds),
    "reports:remind": Door("post", REMINDED_HERE, REMINDED_THERE, args=rounds),
    "reports:return": Door("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:paper": Door("get", OWN_RETURN, OTHER_RETURN, args=draft_args),
    "reports:narrative": Door("get", FILED_HERE, FILED_THERE, args=draft_args),
    "reports:line": Door("get", FILED_HERE, FILED_THERE, args=line_args),
    "reports:submit": Door("post", SENT_HERE, SENT_THERE, args=draft_args),
    "reports:withdraw": Door("post", SENT_HERE, SENT_THERE, args=submitted_args),
    "reports:send_back": Door("get", ASKED_HERE, ASKED_THERE, args=submitted_args),
    "reports:accept": Door("get", ASKED_HERE, ASKED_THERE, args=submitted_args),
    "reports:published": Door("get", OWN_RETURN, OTHER_RETURN, args=published_args),
    "reports:dashboard": Door("get", LED_HOME),
    "reports:dashboard_of": Door("get", OWN_PLACE, OTHER_PLACE, args=places),
    "figures:rows": Door("get", OWN_PLACE, OTHER_PLACE, args=cells),
    "reports:summaries": Door("get", EXPORTERS),
    "reports:summary": Door("get", OWN_PLACE, OTHER_PLACE, args=months),
}
