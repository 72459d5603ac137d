"""The app that counts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Indicators, figures and what they are counted from."""

    name = "figures"
    verbose_name = _("Figures")
