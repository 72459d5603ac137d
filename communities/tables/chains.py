"""The list of who answers at each link of a community."""

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django_tables2 import Column, DateColumn

from communities.chains import ChainLine
from communities.models import SeatHolding
from core.text import StrOrPromise
from core.web.tables import OrderedTable


class ChainTable(OrderedTable):
    """Who answers at each link, or what to do where nobody does."""

    label = Column(_("Link of the chain"))
    name = Column(_("Name"))
    seat_name = Column(_("Seat"), default="—")
    place = Column(_("Body"), default="—")
    phone = Column(_("Phone"), default="—")
    since = DateColumn(verbose_name=_("Since"), default="—")
    advice = Column(_("What to do"), default="—")

    class Meta:
        model = SeatHolding
        fields: tuple[str, ...] = ()
        orderable = False

    def render_advice(self, value: StrOrPromise, record: ChainLine) -> StrOrPromise:
        """Link to the page on which the blank is filled, for who keeps it."""
        if not record.url:
            return value
        return format_html('<a href="{}">{}</a>', record.url, value)

    def value_advice(self, value: StrOrPromise) -> StrOrPromise:
        """Leave the link out of files."""
        return value
