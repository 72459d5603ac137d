"""Filter of the list of certificates of mobile members."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.db.voidable import NOT_VOIDED
from core.months import today
from members.absences.certificates import to_collect
from members.enums import CertificateState
from members.filters.members import visible_organizations
from members.models import ActivityCertificate
from organizations.models import Organization


class CertificateFilter(django_filters.FilterSet):
    """Filter certificates by name of the member, place and how they stand."""

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=CertificateState.choices, method="by_state"
    )

    class Meta:
        model = ActivityCertificate
        fields = ("q", "organization", "state")

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep certificates of members whose name contains or sounds like the text."""
        return rows.of_members_named(text.strip()[:50])

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the certificates of the place and of everything below it."""
        return rows.within(organization)

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """Keep certificates that are held, to be collected, closed, or voided."""
        if state == CertificateState.VOIDED:
            return rows.exclude(NOT_VOIDED)
        if state == CertificateState.TO_COLLECT:
            return to_collect(rows, today())
        return rows.held() if state == CertificateState.HELD else rows.closed()
