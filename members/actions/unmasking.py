"""Read a member's numbers in full: always recorded, and limited in number."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.actions.administration import holders_of
from accounts.models import AccessEntry, Notice, User
from accounts.notices import notify
from core.actions import action, running_action
from core.months import today
from core.text import StrOrPromise
from exchange.numbers_in_texts import find_numbers
from members.errors import NumberInReason, TooManyLooks, TooManyQuestions
from members.models import GuardedRemark, Member, Transfer
from organizations.roles import Role

LOOKS_AN_HOUR = 20
READ = _(
    "{name} read {limit} numbers in full within an hour, as many as are allowed."
    " Ask what for; to auditors the list of accesses shows whose."
)
ASKED = _(
    "{name} asked the whole city for {limit} numbers within an hour, as many as are"
    " allowed. Ask what for; to auditors the list of accesses shows the reasons."
)


@action(label=_("Record looked at"), discloses=True)
def record_look(member: Member, *, by: User) -> None:
    """Record who viewed a member's record."""
    _record_access(member, by=by)


@action(label=_("List with addresses or numbers looked at"), discloses=True)
def record_list_look(columns: Sequence[str], *, by: User) -> None:
    """Record who viewed a list with columns that the page of a member would show."""
    record_access(Member, by=by, details={"columns": list(columns)})


@action(label=_("Guarded remarks looked at"), discloses=True)
def record_remarks_look(members: Iterable[Member], *, by: User) -> None:
    """Record who opened a list of guarded remarks, and the members whom it named."""
    record_access(GuardedRemark, by=by)
    for member in members:
        _record_access(member, by=by)


@action(label=_("Found by identity number"), discloses=True)
def record_find_by_number(member: Member, *, by: User) -> None:
    """Record who found a member by the identity number."""
    _record_access(member, by=by)


@action(label=_("Found by mobile phone"), discloses=True)
def record_find_by_phone(member: Member, *, by: User) -> None:
    """Record who found a member by the phone."""
    _record_access(member, by=by)


@action(label=_("Asked the whole city for a number"), discloses=True)
def record_question(*, by: User, reason: str) -> None:
    """Record that somebody asks the whole city for a number, before it is looked for.

    A question is recorded and counted whether or not anybody is found: else misses
    would try numbers out without limit and unseen (S2-44).
    """
    refuse_number_in(reason)
    since, earlier = _count_looks(by)
    if earlier >= LOOKS_AN_HOUR:
        raise TooManyQuestions(limit=LOOKS_AN_HOUR)
    record_access(Member, by=by, reason=reason)
    if earlier + 1 == LOOKS_AN_HOUR:
        _alarm_watchers(by, since, ASKED)


@action(label=_("Asked in which street a member is recorded"), discloses=True)
def record_find_elsewhere(member: Member, *, by: User, reason: str) -> None:
    """Record who was told where a member of another area is recorded, and why."""
    _record_access(member, by=by, reason=reason)


def refuse_number_in(reason: str) -> None:
    """Refuse numbers of people in a reason: the access log is never rewritten."""
    narrow = unicodedata.normalize("NFKC", reason)
    if any(find_numbers(narrow)):
        raise NumberInReason


def _count_looks(by: User) -> tuple[dt.datetime, int]:
    """Return since when the running disclosure counts, and how many were in that time.

    Locks the account, so that two at once are not both the last one allowed.
    """
    since = timezone.now() - dt.timedelta(hours=1)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    earlier = AccessEntry.objects.filter(
        actor=by, action=running_action(), at__gte=since
    )
    return since, earlier.count()


def _record_access(member: Member, *, by: User, **details: Any) -> None:
    organization_id = member.organization_id or member.community_id
    record_access(member, by=by, organization_id=organization_id, **details)


@action(label=_("Number read in full"), discloses=True)
def unmask(member: Member, number: str, *, by: User, reason: str) -> str:
    """Return a member's number in full and record the access; refuse beyond a limit."""
    refuse_number_in(reason)
    since, earlier = _count_looks(by)
    if earlier >= LOOKS_AN_HOUR:
        raise TooManyLooks(limit=LOOKS_AN_HOUR)
    _record_access(member, by=by, reason=reason, details={"number": number})
    if earlier + 1 == LOOKS_AN_HOUR:
        _alarm_watchers(by, since, READ)
    return str(getattr(member, number) or "")


def _alarm_watchers(reader: User, since: dt.datetime, text: StrOrPromise) -> None:
    """Tell those who watch that a person looked as often as is allowed.

    With the last look that is allowed, since a refused one leaves nothing behind; once
    an hour for each reader and kind of look.
    """
    page = f"{reverse('accounts:access_log')}?{urlencode({'action': running_action()})}"
    told = Notice.objects.about(reader).filter(url=page, made_at__gte=since)
    if told.exists():
        return
    values: dict[str, object] = {"name": str(reader), "limit": LOOKS_AN_HOUR}
    for role in (Role.SECURITY_ADMIN, Role.AUDITOR):
        for watcher in holders_of(role, today()).exclude(pk=reader.pk):
            notify(watcher, text, about=reader, url=page, **values)


@action(label=_("Transfer letter printed"), discloses=True)
def record_letter_printed(transfer: Transfer, *, by: User) -> None:
    """Record who printed a transfer letter: it bears the numbers in full."""
    if transfer.member is not None:
        reason = _("Letter %(number)s") % {"number": transfer.number}
        details = {"number": "id_number", "transfer": transfer.pk}
        _record_access(transfer.member, by=by, reason=reason, details=details)
