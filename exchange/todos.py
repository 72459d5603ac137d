"""Todos of importers, of who approves publications, and of system administrators."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Verification
from core.actors import Actor, scope_of
from core.registries.todos import Todo, TodoSource, todo_sources
from exchange.enums import BatchState
from exchange.models import (
    BackupRun,
    ImportBatch,
    KnownDay,
    OrderedDecision,
    Publication,
)
from organizations.roles import APPROVERS, Role


def previews_waiting(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Previews of the person's uploads that would write something."""
    waiting = ImportBatch.objects.visible_to(user).waiting_for(user)
    if count := waiting.count():
        url = f"{reverse('exchange:list')}?state={BatchState.PLANNED.value}"
        yield Todo(_("Imports to confirm or discard"), url, count)


def drafts_waiting(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Drafts of others that wait for the reader's approval (R-72)."""
    drafts = Publication.objects.in_scope_of(user, APPROVERS).awaiting_approval()
    if count := drafts.exclude(drafted_by=getattr(user, "pk", None)).count():
        url = f"{reverse('exchange:publications')}?state=waiting"
        yield Todo(_("Publications to approve"), url, count)


def running_troubles(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """What a system administrator has to look into: clock, backups, `verify`."""
    if not scope_of(user).has_role({Role.SYSTEM_ADMIN}):
        return
    url = reverse("exchange:running")
    if KnownDay.objects.is_clock_in_doubt():
        yield Todo(_("The server's date is in doubt: daily chores are waiting"), url)
    last = BackupRun.objects.first()
    if last is not None and not last.succeeded:
        yield Todo(_("The last backup failed"), url)
    elif BackupRun.objects.is_overdue(timezone.now()):
        yield Todo(_("No backup has been made for too long"), url)
    if trouble := Verification.objects.trouble(timezone.now()):
        yield Todo(trouble.label, url)


def decisions_waiting(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Large decisions of the person that were worked out, or refused."""
    waiting = OrderedDecision.objects.visible_to(user).waiting()
    if found := list(waiting[:2]):
        url = found[0].get_absolute_url()
        yield Todo(_("Large changes of organizations to look at"), url, waiting.count())


todo_sources.add(
    TodoSource("exchange.decisions", decisions_waiting),
    TodoSource("exchange.previews", previews_waiting),
    TodoSource("exchange.drafts", drafts_waiting),
    TodoSource("exchange.running", running_troubles),
)
