"""Todos: hours to confirm, next shifts, hours to record."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.actors import Actor, scope_of
from core.registries.todos import Todo, TodoSource, todo_sources
from organizations.roles import COMMUNITY_KEEPERS
from volunteering.enums import PostState
from volunteering.models import Claim, Post, ServiceRecord, Shift

EACH_POST = "?when=all&each=post"
"""Posts are counted, so the list of shifts has one line for each."""


def of_keepers(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """Hours that a keeper of the community can confirm, and those nobody recorded."""
    if not scope_of(user).has_role(COMMUNITY_KEEPERS):
        return
    rows = ServiceRecord.objects.managed_by(user).submitted()
    count = rows.not_recorded_by(user).count()
    if count:
        label = _("Service records to confirm")
        yield Todo(label, reverse("volunteering:service"), count)
    count = Shift.objects.managed_by(user).unrecorded(Claim.objects.all()).count()
    if count:
        yield Todo(_("Service to record"), reverse("volunteering:unrecorded"), count)
    drafts = Post.objects.managed_by(user).drafts().filter(shifts__isnull=False)
    if count := drafts.distinct().count():
        url = f"{reverse('volunteering:list')}{EACH_POST}&state={PostState.DRAFT.value}"
        yield Todo(_("Draft posts to publish"), url, count)
    yield from _posts_without_contact(user)


def _posts_without_contact(user: Actor) -> Iterator[Todo]:
    """Yield how many posts of before name no contact person.

    Whose name and phone those who claim may see is for that person to say, so nobody
    is filled in for them.
    """
    posts = Post.objects.managed_by(user).without_contact()
    count = posts.filter(shifts__isnull=False).distinct().count()
    if count:
        url = f"{reverse('volunteering:list')}{EACH_POST}&contact=missing"
        yield Todo(_("Posts without a contact person"), url, count)


def of_members(user: Actor, _day: dt.date) -> Iterator[Todo]:
    """The member's next shift, and hours they have not recorded yet."""
    own = Claim.objects.of_member(scope_of(user).member_id)
    claim = own.to_come().select_related("shift__post").first()
    if claim is not None:
        time = timezone.localtime(claim.shift.starts_at)
        words = {"title": claim.shift.post.title, "time": f"{time:%H:%M}"}
        label = _("Your shift: %(title)s, %(time)s") % words
        yield Todo(label, claim.get_absolute_url(), due_on=time.date())
    count = own.unrecorded().count()
    if count:
        yield Todo(_("Hours to record"), reverse("volunteering:mine"), count)


todo_sources.add(
    TodoSource("volunteering.keepers", of_keepers),
    TodoSource("volunteering.members", of_members),
)
