"""Refusals of decisions in one's own matter."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class OwnMatter(DomainError):
    """Somebody decides about themselves, or on what their own unit asked."""

    message = _(
        "Nobody decides in their own matter. Nothing was saved: let somebody else with"
        " the same right decide about %(name)s."
    )


class AskerIsAsked(DomainError):
    """A Party organization asks itself for its opinion."""

    message = _(
        "%(place)s would be asked by itself, so that its opinion would be its own"
        " recommendation. Nothing was sent: let the branch or another organization"
        " ask."
    )
