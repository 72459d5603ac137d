"""Cover of new organizations: the list, and the forms over units and their covers."""

import datetime as dt
from typing import Any, cast

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.covers import refuse_over
from communities.actions.succession import refuse_voided
from communities.covers import with_cover
from communities.enums import COVERING
from communities.filters import CoverFilter
from communities.forms import CoverForm, EndCoverForm
from communities.models import UnitCover
from communities.tables import CoverTable
from communities.views.bodies import body_list_breadcrumb
from core.dates import format_day
from core.months import today
from core.text import StrOrPromise
from core.web.components import Link
from core.web.list_pages import ListPage
from core.web.views import ReasonView, RowFormView
from organizations.enums import NEW_SECTORS
from organizations.models import Organization, Unit

COVERS = _("Cover of new organizations")
FOLLOWED = _(
    "The cover is on record. The former one, by %(name)s, ended with it: %(day)s is its"
    " last day."
)


class CoverList(UserPassesTestMixin, ListPage):
    """Private firms and associations of the reader's area, and who covers each."""

    model = Unit
    table_class = CoverTable
    filterset_class = CoverFilter
    title = COVERS
    empty_text = _(
        "No private firm or association here. Units are entered with their sector on"
        " the page “Resident units”; who covers one is entered on the unit's page."
    )

    def test_func(self) -> bool:
        return permissions.can_see_covers(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().open().filter(sector__in=NEW_SECTORS)
        rows = with_cover(rows.select_related("host"), today())
        return rows.order_by("host__path", "name", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = Link(_("Resident units"), reverse("organizations:units"))
        crumbs = [body_list_breadcrumb(), Link(COVERS)]
        return super().get_context_data(
            breadcrumbs=crumbs, page_actions=[units], **kwargs
        )


class CoverUnit(RowFormView[Unit]):
    """A record keeper enters by which Party organization a unit is covered."""

    model = Unit
    form_class = CoverForm
    title = _("Enter the cover")
    success_message: StrOrPromise = _("The cover is on record.")

    def get_rows(self) -> Any:
        return Unit.objects.visible_to(self.request.user).open()

    def has_permission(self, obj: Unit) -> bool:
        return permissions.can_keep_cover(self.request.user, obj)

    def run_action(self, form: CoverForm) -> None:
        cover = actions.cover_unit(
            self.row, by=self.request.user, **form.action_values()
        )
        former = UnitCover.objects.filter(unit=self.row, ends_on=cover.starts_on)
        if ended := former.select_related("organization").first():
            self.success_message = FOLLOWED % {
                "name": ended.organization.name,
                "day": format_day(cast("dt.date", ended.until)),
            }

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = Organization.objects.visible_to(self.request.user).open()
        rows = rows.filter(kind__in=COVERING)
        return {**super().get_form_kwargs(), "organizations": rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class CoverRows:
    """Covers, for who keeps the register of the unit's community."""

    model = UnitCover
    request: Any

    def get_rows(self) -> Any:
        rows = UnitCover.all_objects.visible_to(self.request.user)
        return rows.select_related("unit", "organization")

    def has_permission(self, obj: UnitCover) -> bool:
        """Whether the reader keeps the unit."""
        return permissions.can_keep_cover(self.request.user, obj.unit)


class EndCover(CoverRows, ReasonView[UnitCover]):
    """A record keeper ends a cover, so that the unit is covered by none."""

    form_class = EndCoverForm
    action = staticmethod(actions.end_cover)
    title = _("End the cover")
    submit_label = _("End")
    success_message = _("The cover has ended.")
    consequence = _(
        "From the day on, the unit is on the list of those that none covers. Where"
        " another organization covers it from now on, enter that instead."
    )

    def refuse_beforehand(self) -> None:
        refuse_over(self.row)


class VoidCover(CoverRows, ReasonView[UnitCover]):
    """A record keeper voids a cover entered by mistake."""

    action = staticmethod(actions.void_cover)
    title = _("Void the cover")
    submit_label = _("Void the cover")
    success_message = _("The cover was voided.")
    consequence = _("It stays on record with the reason. The one before it goes on.")

    def refuse_beforehand(self) -> None:
        refuse_voided(self.row)
