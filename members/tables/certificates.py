"""Columns of the list of certificates of mobile members."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import ActivityCertificate
from organizations.models import Organization
from organizations.queries import name_of_successor


class CertificateTable(OrderedTable):
    """Certificates: whose, on what ground, for how long, and what became of them."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        order_by=("member__sort_key",),
        linkify=lambda record: record.get_absolute_url(),
    )
    number = tables.Column(
        verbose_name=_("Number of the certificate"), attrs=ON_ONE_LINE
    )
    organization = tables.Column(verbose_name=_("Party organization"), orderable=False)
    ground = tables.Column(verbose_name=_("Ground"), default="—")
    destination = tables.Column(verbose_name=_("Destination"), default="—")
    issued_on = tables.DateColumn(
        verbose_name=_("Certificate issued on"), short=False, attrs=ON_ONE_LINE
    )
    valid_until = tables.DateColumn(
        verbose_name=_("Valid until"), short=False, attrs=ON_ONE_LINE
    )
    state = tables.Column(verbose_name=_("State"), orderable=False)

    def render_organization(self, value: Organization) -> str:
        """Name the organization that took over one that was dissolved."""
        return name_of_successor(value)

    class Meta:
        model = ActivityCertificate
        fields = (
            *("name", "number", "organization", "ground", "destination"),
            *("issued_on", "valid_until", "state"),
        )
