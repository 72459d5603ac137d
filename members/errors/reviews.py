"""Refusals about the monthly review of members."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class NobodyToReview(DomainError):
    """There is nothing to record once everybody was reviewed this month."""

    message = _(
        "Nobody is left to review this month: everybody on the list was reviewed."
        " Nothing was changed."
    )
