"""Closed lists of returns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReturnState(TextChoices):
    """The state of a monthly return."""

    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")


OPEN_STATES = (ReturnState.DRAFT, ReturnState.RETURNED)
