"""Refusals about inquiries at former units."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class InquiryIsOver(DomainError):
    """The unit has answered, or the inquiry was voided."""

    message = _(
        "The inquiry about %(name)s at %(unit)s is over. Nothing was changed: its page"
        " says what came of it."
    )
