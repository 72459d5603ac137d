"""Offer, change and close posts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.models import Project
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions import refuse_non_community, request_recount
from organizations.models import CodeItem, Organization
from organizations.queries import counting_month
from volunteering.enums import CodeList, PostState
from volunteering.errors import NotOnTheList, PostIsClosed, ProjectElsewhere
from volunteering.models import Post
from volunteering.notices import notify_closing

SHOWN = (
    "organization",
    "project",
    "category",
    "title",
    "description",
    "needed_by",
    "contact_name",
    "contact_phone",
    "skills",
)
OPENING = ("state", "opened_on", "open_month")
CLOSING = ("state", "closed_on", "close_month")


def _refuse_unlisted(code_list: CodeList, codes: Iterable[str]) -> None:
    requested = set(codes)
    listed = CodeItem.objects.listed(code_list).filter(code__in=requested)
    for code in sorted(requested - set(listed.values_list("code", flat=True))):
        raise NotOnTheList(code=code)


def _check_rules(post: Post) -> None:
    refuse_non_community(post.organization)
    project = post.project
    if project is not None and project.organization_id != post.organization_id:
        raise ProjectElsewhere(project=project.name)
    validate(post)
    _refuse_unlisted(CodeList.CATEGORIES, [post.category])
    _refuse_unlisted(CodeList.SKILLS, post.skills)


def _open(post: Post, day: dt.date) -> None:
    post.state = PostState.OPEN
    post.opened_on = day
    post.open_month = counting_month(post.organization, day)


def lock_post(post: Post) -> Post:
    """Lock a post that may still change; a closed one is refused."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("organization")
    post = rows.get(pk=post.pk)
    if post.state == PostState.CLOSED:
        raise PostIsClosed(title=post.title, day=post.closed_on)
    return post


@action(label=_("Post set up"))
def offer_post(
    organization: Organization,
    *,
    by: Actor | None,
    title: str,
    category: str,
    description: str,
    needed_by: str = "",
    contact_name: str = "",
    contact_phone: str | None = None,
    skills: Sequence[str] = (),
    project: Project | None = None,
    draft: bool = False,
    on: dt.date | None = None,
) -> Post:
    """Set up a post of a community, open at once unless it is saved as a draft."""
    post = Post(
        organization=organization,
        project=project,
        title=title,
        category=category,
        description=description,
        needed_by=needed_by,
        contact_name=contact_name,
        contact_phone=contact_phone or None,
        skills=list(skills),
    )
    if not draft:
        _open(post, on or today())
    _check_rules(post)
    post.save()
    _mark(post, post.open_month)
    audit.record(
        post,
        by=by,
        organization_id=post.organization_id,
        after=audit.snapshot(post, *SHOWN, *OPENING),
    )
    return post


def _mark(post: Post, month: dt.date | None) -> None:
    if month is not None:
        request_recount([(post.organization_id, month)])


@action(label=_("Post corrected"))
def change_post(post: Post, *, by: Actor | None, **values: Any) -> Post:
    """Correct a post; its community never changes.

    Another project changes the progress of targets, so a recount is requested.
    """
    post = lock_post(post)
    with audit.recording(post, *values, by=by, organization_id=post.organization_id):
        for name, value in values.items():
            setattr(post, name, value)
        _check_rules(post)
        post.save(update_fields=[*values])
        if "project" in values:
            _mark(post, post.open_month)
    return post


@action(label=_("Post published"))
def publish_post(post: Post, *, by: Actor | None, on: dt.date | None = None) -> Post:
    """Open a draft to claims; repeating is harmless."""
    post = lock_post(post)
    if post.state == PostState.OPEN:
        return post
    _open(post, on or today())
    post.save(update_fields=[*OPENING])
    _mark(post, post.open_month)
    audit.record(
        post,
        by=by,
        organization_id=post.organization_id,
        after=audit.snapshot(post, *OPENING),
    )
    return post


@action(label=_("Post closed"))
def close_post(
    post: Post, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> Post:
    """Stop accepting claims; places already claimed stay claimed.

    The shifts are locked as well, so that a concurrent claim either finishes before the
    closing or sees it.
    """
    post = lock_post(post)
    list(post.shifts.select_for_update(of=("self",)).values_list("pk", flat=True))
    day = max(on or today(), post.opened_on or dt.date.min)
    counted = counting_month(post.organization, day)
    post.state = PostState.CLOSED
    post.closed_on = day
    post.close_month = max(counted, post.open_month or counted)
    post.save(update_fields=[*CLOSING])
    _mark(post, post.close_month)
    audit.record(
        post,
        by=by,
        organization_id=post.organization_id,
        after=audit.snapshot(post, *CLOSING),
        reason=reason,
    )
    notify_closing(post)
    return post
