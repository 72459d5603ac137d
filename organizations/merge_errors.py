"""Refusals of merges and splits that name whom they are about."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class CameSince(DomainError):
    """Nobody goes along from a day on which they had not come yet."""

    message = _(
        "%(count)s members came to %(name)s on the day of the decision or later, up to"
        " %(last)s: %(names)s. Nothing was changed: let the decision take effect after"
        " that day, or void such a move on the member's page if it was a mistake."
    )
