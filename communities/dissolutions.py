"""What becomes of bodies, places served and projects with their organization."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions import end_body
from communities.actions.body_returns import Roster, remember_roster, reopen_body
from communities.actions.endings import end_places, reopen_places
from communities.models import Body, Project, ServedPlace
from organizations.actions import give_back, name_of, take_along
from organizations.mergers import Merge, Merger


def end_body_of_merged(body: Body, merge: Merge) -> None:
    """End a body of an organization that is dissolved into another one."""
    end_body(body, by=merge.by, reason=merge.reason, on=merge.on)


def reopen_body_of_merged(body: Body, merge: Merge, roster: Roster) -> None:
    """Let a body go on whose organization was dissolved by mistake."""
    reopen_body(body, roster, by=merge.by, reason=merge.reason)


def open_places() -> QuerySet[ServedPlace]:
    """Return what is served without an end."""
    rows: QuerySet[ServedPlace] = ServedPlace.objects.filter(ends_on=None)
    return rows


def leave_merged(place: ServedPlace, merge: Merge) -> None:
    """End that somebody is there for an organization that is dissolved.

    Where it served itself by a body of its own, that has ended it before.
    """
    rows = open_places().filter(pk=place.pk)
    end_places(rows, on=merge.on, by=merge.by, reason=merge.reason)


def serve_again(place: ServedPlace, merge: Merge, _note: object) -> None:
    """Let somebody be there again for an organization dissolved by mistake."""
    rows = ServedPlace.all_objects.filter(pk=place.pk)
    reopen_places(rows, on=merge.on, by=merge.by)


MERGERS = (
    Merger(
        "communities.bodies",
        _("bodies that end, with their seats: %(count)s"),
        Body.objects.running,
        end_body_of_merged,
        take_back=reopen_body_of_merged,
        remember=remember_roster,
    ),
    Merger(
        "communities.places",
        _("places served that end: %(count)s"),
        open_places,
        leave_merged,
        take_back=serve_again,
        revives=True,
    ),
    Merger(
        "communities.projects",
        _("projects that go along: %(count)s"),
        Project.objects.running,
        take_along(),
        take_back=give_back(),
        remember=name_of,
        within_return=True,
    ),
)
