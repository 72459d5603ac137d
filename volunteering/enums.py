"""Closed lists of posts, claims and service."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostState(TextChoices):
    """Whether a post accepts claims."""

    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Taking claims")
    CLOSED = "closed", _("Closed to claims")


class ClaimState(TextChoices):
    """The state of a claim."""

    ACTIVE = "active", _("Claimed")
    WITHDRAWN = "withdrawn", _("Given back")
    SERVED = "served", _("Served")
    MISSED = "missed", _("Did not come")


HOLDING = (ClaimState.ACTIVE, ClaimState.SERVED, ClaimState.MISSED)


class RecordState(TextChoices):
    """The state of a service record."""

    SUBMITTED = "submitted", _("Waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    RETURNED = "returned", _("Returned")


AWAITING_OR_CONFIRMED = (RecordState.SUBMITTED, RecordState.CONFIRMED)


class CodeList(TextChoices):
    """The code lists that posts are described by; their items are data."""

    CATEGORIES = "post_categories", _("Post categories")
    SKILLS = "skills", _("Skills")
