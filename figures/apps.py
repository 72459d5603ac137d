"""The app of figures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    """Indicators, stored figures and the rows they are counted from."""

    name = "figures"
    verbose_name = _("Figures")
