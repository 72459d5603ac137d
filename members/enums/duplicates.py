"""Choices of records that may be one person's."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Likeness(TextChoices):
    """What two records have in common that may be one person's."""

    NAME = "name", pgettext_lazy("in common", "Name")
    NUMBER = (
        "number",
        _("Identity number but for one digit, or two that changed places"),
    )
    BIRTH = "birth", pgettext_lazy("in common", "Birth date")
    JOINED = "joined", pgettext_lazy("in common", "Day of joining the Party")
    PHONE = "phone", pgettext_lazy("in common", "Mobile phone")


class PairState(TextChoices):
    """What was decided about two records that may be one person's."""

    OPEN = "open", _("To be decided")
    APART = "apart", _("Two people")
    MERGED = "merged", _("One person, merged")
