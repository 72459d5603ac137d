"""Undo the merging of two records: each person has their own again."""

from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import month_of
from members.actions.affiliations import lock_member
from members.actions.changes import keeper_of, update_account_phones
from members.actions.closing import reopen_account
from members.actions.duplicates import settle_pairs
from members.actions.merging import (
    ACCOUNT,
    AFFILIATIONS,
    CHECK_INS,
    HANDED_OVER,
    OPEN_ACCOUNT,
    owned_closers,
)
from members.enums import PairState, StartReason
from members.errors import MemberGone, NotMerged
from members.models import Affiliation, CheckIn, Member, MemberMerge
from organizations.actions import request_recount
from organizations.models import Organization
from organizations.queries import counting_month

E = TypeVar("E", Affiliation, CheckIn)


@action(label=_("Merging of two records undone"))
def undo_merge(duplicate: Member, *, reason: str, by: Actor | None) -> Member:
    """Let a merged record stand for itself again, with what followed from it.

    Months that were closed while it was merged keep what they published: what it
    brings back counts from the first open month on, as an adjustment. Whether these are
    two people is decided afterwards: the pair is open again.
    """
    merge = MemberMerge.objects.standing().filter(duplicate=duplicate.pk).first()
    if merge is None:
        raise NotMerged(name=duplicate.name)
    if merge.kept.voided_at is not None:
        raise MemberGone(name=merge.kept.name)
    kept = lock_member(merge.kept)
    stayed = audit.snapshot(kept, *HANDED_OVER)
    rows = Member.all_objects.select_for_update(of=("self",))
    duplicate = rows.get(pk=duplicate.pk)
    duplicate.voided_at, duplicate.void_reason, duplicate.merged_into = None, "", None
    validate(duplicate)
    duplicate.save(update_fields=["voided_at", "void_reason", "merged_into"])
    for key in merge.changes.get(AFFILIATIONS, ()):
        _restore_affiliation(Affiliation.all_objects.get(pk=key))
    for key in merge.changes.get(CHECK_INS, ()):
        _restore_check_in(CheckIn.all_objects.get(pk=key))
    _give_back_rows(kept, duplicate, merge)
    _give_back_account(kept, duplicate, merge, by=by)
    for member in (kept, duplicate):
        _copy_organizations(member)
    merge.undone_at, merge.undo_reason = timezone.now(), reason
    merge.undone_by_id = by.pk if by is not None else None
    validate(merge)
    merge.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    settle_pairs(kept, duplicate, PairState.OPEN, reason, by=by)
    audit.record(
        duplicate,
        by=by,
        organization_id=duplicate.organization_id or duplicate.community_id,
        before={"merged_into": str(kept.pk)},
        after={"merged_into": None},
        reason=reason,
    )
    audit.record(
        kept,
        by=by,
        organization_id=keeper_of(kept),
        before={**stayed, "merged_record": str(duplicate.pk)},
        after={**audit.snapshot(kept, *HANDED_OVER), "merged_record": None},
        reason=reason,
    )
    return duplicate


def _restore_affiliation(row: Affiliation) -> None:
    """Let an affiliation count again; a new row continues it after closed months."""
    organization, voided_from = row.organization, row.void_month or row.start_month
    month = counting_month(organization, voided_from)
    later = row.end_month is None or row.end_month > voided_from
    if month == voided_from or not later:
        _clear_void(row)
    elif row.end_month is None or row.end_month >= month:
        row = Affiliation(
            member=row.member,
            organization=organization,
            starts_on=row.starts_on,
            start_month=month,
            start_reason=StartReason.CONTINUED,
            ends_on=row.ends_on,
            end_month=row.end_month,
            end_reason=row.end_reason,
        )
        validate(row)
        row.save()
    request_recount([(row.organization_id, month)])


def _restore_check_in(row: CheckIn) -> None:
    """Let a check-in count again; a new row continues it after closed months."""
    community, voided_from = row.community, row.void_month or month_of(row.starts_on)
    month = counting_month(community, voided_from)
    if month == voided_from:
        _clear_void(row)
    elif row.ends_on is None or row.ends_on > month:
        row = CheckIn(
            member=row.member,
            community=community,
            starts_on=month,
            ends_on=row.ends_on,
            available=row.available,
            willing=row.willing,
            home_branch=row.home_branch,
            end_reason=row.end_reason,
        )
        validate(row)
        row.save()
    request_recount([(community.pk, month)])


def _clear_void(row: E) -> None:
    row.voided_at, row.void_reason, row.void_month = None, "", None
    validate(row)
    row.save(update_fields=["voided_at", "void_reason", "void_month"])


def _give_back_rows(kept: Member, duplicate: Member, merge: MemberMerge) -> None:
    """Give back what followed, and is still the kept record's."""
    for closer in owned_closers():
        model = closer.open_rows().model
        keys = merge.changes.get(closer.key, ())
        for row in model._default_manager.filter(pk__in=keys, member=kept):
            row.member = duplicate
            validate(row)
            row.save(update_fields=["member"])


def _give_back_account(
    kept: Member, duplicate: Member, merge: MemberMerge, *, by: Actor | None
) -> None:
    """Give back the account; one that was open when the records were merged is opened.

    Roles that were ended with it, but for the member's own, are assigned again by hand.
    """
    user = User.objects.filter(pk__in=merge.changes.get(ACCOUNT, ())).first()
    if user is None:
        return
    if kept.user_id == user.pk:
        kept.user = None
        kept.save(update_fields=["user"])
    if Member.objects.filter(user=user).exists():
        return  # somebody else's meanwhile
    duplicate.user = user
    duplicate.save(update_fields=["user"])
    if duplicate.ended_on is None and user.pk in merge.changes.get(OPEN_ACCOUNT, ()):
        reopen_account(duplicate, by=by)
        update_account_phones([duplicate])


def _copy_organizations(member: Member) -> None:
    """Copy where a record belongs and is checked in from its open rows."""
    home = member.affiliations.filter(ends_on=None).first()
    stay = member.check_ins.filter(ends_on=None).first()
    member.organization = _organization(home.organization_id if home else None)
    member.community = _organization(stay.community_id if stay else None)
    member.save(update_fields=["organization", "community"])


def _organization(key: int | None) -> Organization | None:
    return Organization.objects.filter(pk=key or 0).first()
