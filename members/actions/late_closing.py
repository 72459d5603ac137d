"""Closing what was left open for members whose membership ended before closers were."""

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.months import today
from members.ends.closers import MembershipEnd, closers
from members.enums import EndReason
from members.models import Member

REASON = _("the membership had ended before")


@action(label=_("Left open rows closed"))
def close_left_open() -> int:
    """Close what is open for former members; return how many members had such rows.

    Whoever died or was struck off before closers existed kept claims, check-ins and
    accounts. Each is closed by the action that would have closed it, and the audit log
    says why. Where nothing is left open, nothing is written.
    """
    count = 0
    for member in _members_with_open_rows():
        end = MembershipEnd(
            member,
            EndReason(member.end_reason or EndReason.WITHDRAWN),
            member.ended_on or today(),
            by=None,
        )
        closed = closers.close_rows(member, end)
        audit.record(
            member,
            by=None,
            organization_id=member.organization_id or member.community_id,
            after={"closed": closed},
            reason=str(REASON),
        )
        count += 1
    return count


def _members_with_open_rows() -> list[Member]:
    """Return the former members for whom one of the closers has something to close."""
    former = Member.all_objects.no_longer_current()
    found = {
        pk
        for closer in closers
        for pk in closer.open_for_any(former).values_list(closer.owner, flat=True)
    }
    return list(Member.all_objects.filter(pk__in=found).order_by("pk"))


def close_left_open_after_migrate(**_kwargs: object) -> None:
    """Close what a database of before has left open, once all tables are there."""
    tables = {
        model._meta.db_table for model in apps.get_models() if model._meta.managed
    }
    if tables <= {*connection.introspection.table_names()}:
        close_left_open()
