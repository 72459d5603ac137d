"""What an organization must not leave behind: its members, and those checked in."""

from django.utils.translation import gettext_lazy as _

from core.unfinished import Unfinished, unfinished
from members.models import Affiliation, CheckIn

unfinished.add(
    Unfinished(
        "members.affiliations",
        _("members: %(count)s (move them, or end their membership)"),
        Affiliation.objects.all,
        until="ends_on",
    ),
    Unfinished(
        "members.check_ins",
        _("members checked in: %(count)s (end their check-ins)"),
        CheckIn.objects.all,
        organization="community",
        until="ends_on",
    ),
)
