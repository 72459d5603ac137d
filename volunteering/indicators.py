"""Figures about posts, claims and service, each defined once."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from figures.breakdowns import by_code_list
from figures.definitions import Column, Indicator, Kind, Source, indicators
from members.indicators import COMPOSITION
from organizations.roles import MEETING_KEEPERS
from volunteering.models import Claim, Post, ServiceRecord

CATEGORY, CATEGORIES = _("Post category"), "post_categories"


def _on_offer(month: dt.date) -> ScopedQuerySet[Post]:
    return Post.objects.counted_in(month).select_related("organization")


def _claimed(month: dt.date) -> ScopedQuerySet[Claim]:
    rows = Claim.objects.counted_in(month)
    return rows.select_related("member", "shift__post__organization")


def _served(month: dt.date) -> ScopedQuerySet[ServiceRecord]:
    rows = ServiceRecord.objects.counted_in(month)
    return rows.select_related("member", "community", "claim__shift__post")


POSTS = Source(
    "volunteering.posts",
    _("Posts on offer"),
    _on_offer,
    (
        Column(_("Post"), "title", opens="self"),
        Column(_("Community"), "organization.name"),
        Column(_("Opened on"), "opened_on"),
    ),
    project="project",
    breakdowns=(by_code_list("category", CATEGORY, CATEGORIES, "category"),),
)
CLAIMS = Source(
    "volunteering.claims",
    _("Claims made"),
    _claimed,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Post"), "shift.post.title", opens="shift.post"),
        Column(_("Community"), "shift.post.organization.name"),
        Column(_("Begins"), "shift.starts_at"),
        Column(_("Claimed at"), "claimed_at"),
    ),
    organization="shift__post__organization",
    project="shift__post__project",
    member="member",
    day="claimed_at",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_code_list("post", CATEGORY, CATEGORIES, "shift__post__category"),
        *COMPOSITION,
    ),
)
SERVICE = Source(
    "volunteering.service",
    _("Confirmed service"),
    _served,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Post"), "claim.shift.post.title", opens="claim.shift.post"),
        Column(_("Community"), "community.name"),
        Column(_("Served on"), "served_on"),
        Column(_("Hours served"), "hours", decimals=1),
    ),
    organization="community",
    project="claim__shift__post__project",
    member="member",
    day="served_on",
    names_read_by=MEETING_KEEPERS,
    breakdowns=(
        by_code_list("post", CATEGORY, CATEGORIES, "claim__shift__post__category"),
        *COMPOSITION,
    ),
)

indicators.add(
    Indicator(
        "posts_open", _("Volunteer posts on offer"), _("posts"), Kind.STOCK, POSTS
    ),
    Indicator("claims_made", _("Posts claimed"), _("person-times"), Kind.FLOW, CLAIMS),
    Indicator(
        "service_hours",
        _("Confirmed service hours"),
        _("hours"),
        Kind.FLOW,
        SERVICE,
        total="hours",
        decimals=1,
    ),
)
