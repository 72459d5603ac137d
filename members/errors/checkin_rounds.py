"""Refusals about rounds of checking in."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NotAStreet(DomainError):
    """A round is a street's."""

    message = _(
        "%(organization)s is no street. Nothing was saved: a round of checking in is"
        " opened by a street working committee."
    )


class RoundVoided(DomainError):
    """A round is voided once."""

    message = _("This round was voided on %(day)s. Nothing was changed.")
