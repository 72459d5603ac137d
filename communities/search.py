"""What this app lets people search for: bodies, projects and meetings."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Body, Meeting, Project
from communities.permissions import (
    can_see_bodies,
    can_see_meetings,
    can_see_projects,
)
from core.actors import Actor
from core.dates import format_day
from core.names import name_contains
from core.registries.search import Hit, SearchKind, filtered, search_kinds


def find_bodies(reader: Actor, text: str) -> QuerySet[Body]:
    """Return the running bodies of the reader's area that are called so."""
    rows = Body.objects.visible_to(reader).running().select_related("organization")
    called = rows.filter(name_contains(text, "name"))
    return called.order_by("organization__path", "kind__group", "name", "pk")


def find_projects(reader: Actor, text: str) -> QuerySet[Project]:
    """Return the projects of the reader's area that are called so."""
    rows = Project.objects.visible_to(reader).select_related("organization")
    return rows.filter(name_contains(text, "name"))


def find_meetings(reader: Actor, text: str) -> QuerySet[Meeting]:
    """Return the meetings of the reader's area whose topic contains the text."""
    rows = Meeting.objects.visible_to(reader).select_related("organization")
    return rows.filter(name_contains(text, "topic")).order_by("-held_on", "-pk")


def show_meeting(row: Meeting) -> Hit:
    """Show a meeting with its organization and its day."""
    note = f"{row.organization.name} · {format_day(row.held_on)}"
    return Hit(row.topic, row.get_absolute_url(), note)


def list_meetings(text: str) -> str:
    """Return the address of the list of meetings, narrowed to the topic."""
    return filtered(reverse("communities:list"), topic=text)


def show_named(row: Body | Project) -> Hit:
    """Show a body or a project with its organization."""
    return Hit(row.name, row.get_absolute_url(), row.organization.name)


def list_bodies(text: str) -> str:
    """Return the address of the list of bodies, narrowed to the name."""
    return filtered(reverse("communities:bodies"), name=text)


def list_projects(text: str) -> str:
    """Return the address of the list of projects, narrowed to the name."""
    return filtered(reverse("communities:projects"), name=text)


search_kinds.add(
    SearchKind(
        "communities.meetings",
        _("Meetings"),
        can_see_meetings,
        find_meetings,
        show_meeting,
        list_meetings,
        rank=52,
    ),
    SearchKind(
        "communities.bodies",
        _("Bodies and seats"),
        can_see_bodies,
        find_bodies,
        show_named,
        list_bodies,
        rank=60,
    ),
    SearchKind(
        "communities.projects",
        _("Projects"),
        can_see_projects,
        find_projects,
        show_named,
        list_projects,
        rank=55,
    ),
)
