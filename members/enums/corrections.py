"""Choices of corrections that members propose of their own record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CorrectedField(TextChoices):
    """What members may propose anew: what they know better than any paper does.

    Name, number and what the Party decided are corrected on papers, by who keeps them.
    """

    PHONE = "phone", _("Mobile phone")
    LANDLINE = "landline", _("Landline")
    ADDRESS = "address", _("Address")
    EDUCATION = "education", _("Education")
    EMPLOYER = "employer", _("Unit")


class CorrectionState(TextChoices):
    """How far a proposed correction has come."""

    OPEN = "open", pgettext_lazy("correction", "Waits to be checked")
    ACCEPTED = "accepted", pgettext_lazy("correction", "Accepted and recorded")
    DECLINED = "declined", pgettext_lazy("correction", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("correction", "Withdrawn")
    LAPSED = "lapsed", pgettext_lazy("correction", "Lapsed: the member left")
