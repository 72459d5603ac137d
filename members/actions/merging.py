"""Merge the second record of one person into the first: rows stay, readers resolve."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.errors import DomainError
from core.months import today
from members.actions.admission import audit_whole
from members.actions.changes import keeper_of, update_account_phones
from members.actions.duplicates import settle_pairs
from members.actions.transit import refuse_under_way
from members.ends.closers import MemberCloser, MembershipEnd, closers
from members.enums import EndReason, PairState
from members.errors import (
    AffiliatedTwice,
    EndedAndCurrent,
    KeepAffiliated,
    MergedAlready,
    OthersMergedInto,
)
from members.models import Affiliation, CheckIn, Member, MemberMerge
from organizations.actions import request_recount
from organizations.models import Organization
from organizations.queries import counting_month

AFFILIATIONS, CHECK_INS = "affiliations", "check_ins"
ACCOUNT, OPEN_ACCOUNT = "account", "open_account"
# Of rows that are voided: where they count, and from when on.
COLUMNS = {
    AFFILIATIONS: ("organization", "start_month"),
    CHECK_INS: ("community", "starts_on"),
}
HANDED_OVER = ("community", "user")
Changes = dict[str, list[int]]


@action(label=_("Two records merged"))
def merge_members(
    kept: Member, duplicate: Member, *, reason: str, by: Actor | None
) -> MemberMerge:
    """Merge a second record of a person into the one that stays; nothing is deleted.

    Days on which both belonged or were checked in are voided on the duplicate, as an
    entry made by mistake is: closed months keep what they published, and the first
    open one is adjusted. What is open (check-in, absence, claims to come, the account)
    follows the person, or is closed where the kept record has the same. Past rows
    stay; readers find them through `merged_into`.
    """
    kept, duplicate = _lock_both(kept, duplicate)
    refuse_merge(kept, duplicate)
    known, keeper = audit_whole(duplicate), keeper_of(duplicate)
    stayed = audit.snapshot(kept, *HANDED_OVER)
    changes: Changes = {
        rows: _void_shared(rows, kept, duplicate, reason) for rows in COLUMNS
    }
    followed = _hand_over_rows(kept, duplicate, by=by)
    changes |= followed | _hand_over_account(kept, duplicate, by=by)
    duplicate.organization = duplicate.community = None
    duplicate.merged_into = kept
    columns = [*duplicate.void(reason), "organization", "community", "merged_into"]
    validate(duplicate)
    duplicate.save(update_fields=columns)
    merge = MemberMerge(
        duplicate=duplicate,
        kept=kept,
        merged_by_id=by.pk if by is not None else None,
        reason=reason,
        changes=changes,
    )
    validate(merge)
    merge.save()
    settle_pairs(kept, duplicate, PairState.MERGED, reason, by=by)
    audit.record(
        duplicate,
        by=by,
        organization_id=keeper,
        before=known,
        after={"merged_into": str(kept.pk)},
        reason=reason,
    )
    audit.record(
        kept,
        by=by,
        organization_id=keeper_of(kept),
        before=stayed,
        after={
            **audit.snapshot(kept, *HANDED_OVER),
            "merged_record": str(duplicate.pk),
            "followed": followed,
        },
        reason=reason,
    )
    return merge


def refuse_merge(kept: Member, duplicate: Member) -> None:
    """Refuse what merging would break, naming what has to be done first (R-11)."""
    name = kept.name
    for member in (kept, duplicate):
        if member.voided_at is not None or kept.pk == duplicate.pk:
            raise MergedAlready(name=member.name)
    if duplicate.merged_records.exists():
        raise OthersMergedInto(name=name)
    if (kept.ended_on is None) != (duplicate.ended_on is None):
        day = kept.ended_on or duplicate.ended_on
        raise EndedAndCurrent(name=name, day=day)
    if duplicate.organization is not None:
        _refuse_two_organizations(kept, duplicate.organization)
    refuse_under_way(duplicate)


def _refuse_two_organizations(kept: Member, other: Organization) -> None:
    """Refuse a person who by the duplicate belongs where the kept record does not."""
    if kept.organization is None:
        raise KeepAffiliated(name=kept.name, organization=other)
    if kept.organization_id != other.pk:
        raise AffiliatedTwice(name=kept.name, kept=kept.organization, other=other)


def _lock_both(kept: Member, duplicate: Member) -> tuple[Member, Member]:
    """Lock both records, the lower key first, so that two mergings never wait."""
    rows = Member.all_objects.select_for_update(of=("self",))
    rows = rows.select_related("organization", "user").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in={kept.pk, duplicate.pk})}
    return found[kept.pk], found[duplicate.pk]


def _void_shared(rows: str, kept: Member, duplicate: Member, reason: str) -> list[int]:
    """Void the duplicate's rows on days that the kept record accounts for."""
    at, since = COLUMNS[rows]
    own, voided = list(getattr(kept, rows).all()), []
    for row in getattr(duplicate, rows).select_related(at):
        if _shares_a_day(row, own):
            organization, start = getattr(row, at), getattr(row, since)
            month = counting_month(organization, start)
            row.save(update_fields=row.void_from(month, reason))
            request_recount([(organization.pk, start)])
            voided.append(row.pk)
    return voided


def _shares_a_day(
    row: Affiliation | CheckIn, others: Iterable[Affiliation | CheckIn]
) -> bool:
    return any(
        (other.ends_on is None or row.starts_on < other.ends_on)
        and (row.ends_on is None or other.starts_on < row.ends_on)
        for other in others
    )


def _hand_over_rows(kept: Member, duplicate: Member, *, by: Actor | None) -> Changes:
    """Give what is open to the kept record, or close it where that has the same."""
    end = MembershipEnd(duplicate, EndReason.WITHDRAWN, today(), by)
    changes: Changes = {}
    for closer in owned_closers():
        for row in closer.open_for(duplicate):
            if _hand_over(row, kept):
                changes.setdefault(closer.key, []).append(row.pk)
            else:
                closer.close(row, end)
    if open_row := kept.check_ins.filter(ends_on=None).first():
        kept.community = open_row.community
        kept.save(update_fields=["community"])
    return changes


def _hand_over(row: Any, to: Member) -> bool:
    """Let an open row be another record's, unless a constraint forbids it."""
    row.member = to
    try:
        with transaction.atomic():
            validate(row)
            row.save(update_fields=["member"])
    except DomainError:
        row.refresh_from_db()
        return False
    return True


def _hand_over_account(kept: Member, duplicate: Member, *, by: Actor | None) -> Changes:
    """Give the account to the kept record; close it where that has one already.

    Returns its key, whether it followed or was closed, because undoing gives it back
    either way; and once more if it was open, because undoing opens no other.
    """
    user = duplicate.user
    if user is None:
        return {}
    changes = {ACCOUNT: [user.pk], OPEN_ACCOUNT: [user.pk] if user.is_active else []}
    followed = kept.user is None and kept.ended_on is None
    if not followed:
        end = MembershipEnd(duplicate, EndReason.WITHDRAWN, today(), by)
        for key in ("accounts.roles", "accounts.accounts"):
            closers.close_rows(duplicate, end, only=key)
    duplicate.user = None
    duplicate.save(update_fields=["user"])
    if followed:
        kept.user = user
        kept.save(update_fields=["user"])
        update_account_phones([kept])
    return changes


def owned_closers() -> list[MemberCloser]:
    """Return the closers whose rows name the member in a column of their own."""
    return [
        closer
        for closer in closers
        if closer.owner == "member"
        and closer.open_rows().model._meta.get_field("member").concrete
    ]
