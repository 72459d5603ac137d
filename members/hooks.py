"""Registrations of this app: blockers of closing an organization, and code words."""

from django.utils.translation import gettext_lazy as _

from core.audit.presentation import label_values
from members.models import Affiliation, CheckIn
from organizations.closing_blockers import ClosingBlocker, closing_blockers
from organizations.queries import code_words

closing_blockers.add(
    ClosingBlocker(
        "members.affiliations",
        _("members: %(count)s (move them, or end their membership)"),
        Affiliation.objects.all,
        until="ends_on",
    ),
    ClosingBlocker(
        "members.check_ins",
        _("members checked in: %(count)s (end their check-ins)"),
        CheckIn.objects.all,
        organization="community",
        until="ends_on",
    ),
)

label_values(
    "members.Member", education=code_words("education"), skills=code_words("skills")
)
