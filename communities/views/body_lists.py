"""The lists that lead on from the list of bodies, each for who may open it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities import permissions
from core.actors import Actor
from core.web.components import Link

OTHER_LISTS = (
    (_("Kinds of body"), "body_kinds", permissions.can_see_bodies),
    (_("Cover of new organizations"), "covers", permissions.can_see_covers),
    (_("Ledger of decisions"), "resolutions", permissions.can_see_meetings),
    (pgettext_lazy("list", "Honours"), "honours", permissions.can_see_holders),
    (_("Elections"), "elections", permissions.can_see_holders),
    (_("Places served"), "served_places", permissions.can_see_holders),
    (_("Facilities"), "facilities", permissions.can_see_bodies),
    (_("Visits"), "visits", permissions.can_see_holders),
    (_("Who holds seats"), "holders", permissions.can_see_holders),
    (_("Recruitments"), "recruitments", permissions.can_see_recruitments),
    (
        pgettext_lazy("people", "Reserves"),
        "reserves",
        permissions.can_see_recruitments,
    ),
    (_("Pay for seats"), "pay", permissions.can_see_pay),
)


def links_to_lists(user: Actor) -> list[Link]:
    """Return links to the lists that a reader may open."""
    return [
        Link(label, reverse(f"communities:{name}"))
        for label, name, permitted in OTHER_LISTS
        if permitted(user)
    ]
