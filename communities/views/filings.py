"""The file of who holds a seat: at which level they are on file, and since when."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from communities import actions, permissions
from communities.actions.succession import refuse_voided
from communities.cadres import describe_cadre
from communities.forms import FilingForm
from communities.models import SeatFiling, SeatHolding
from communities.views.bodies import body_list_breadcrumb
from core.web.components import DetailRow, Link, Section
from core.web.views import PermittedObjectMixin, ReasonView, RowFormView
from organizations.queries import code_items


class FiledHoldings:
    """Holdings of seats that the reader may see."""

    model = SeatHolding
    request: Any

    def get_rows(self) -> Any:
        return SeatHolding.objects.visible_to(self.request.user).with_holders()


class FileOfHolding(FiledHoldings, PermittedObjectMixin[SeatHolding], TemplateView):
    """All that is kept of somebody in a seat as of a cadre, on one page (S0-39)."""

    template_name = "communities/filing.html"

    def has_permission(self, obj: SeatHolding) -> bool:
        return permissions.can_read_filing(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holding, user = self.get_permitted_object(), self.request.user
        keeps = permissions.can_keep_filing(user, holding)
        levels = dict(code_items("filing_levels"))
        standings = dict(code_items("cadre_standings"))
        rows = SeatFiling.objects.visible_to(user).filter(holding=holding)
        page_actions = []
        if keeps:
            url = reverse("communities:file_holding", args=[holding.pk])
            page_actions.append(Link(_("Put on file"), url, "plus-lg", primary=True))
        holders = Link(_("Who holds seats"), reverse("communities:holders"))
        return super().get_context_data(
            title=_("Cadre file: %(name)s") % {"name": holding.holder_name},
            holding=holding,
            keeps=keeps,
            lines=[
                (
                    row,
                    levels.get(row.level, row.level),
                    standings.get(row.standing, row.standing),
                )
                for row in rows.order_by("-starts_on", "-pk")
            ],
            breadcrumbs=[body_list_breadcrumb(), holders, Link(holding.holder_name)],
            page_actions=page_actions,
            sections=[
                Section("", detail_rows_of(holding)),
                *describe_cadre(holding, user),
            ],
            **kwargs,
        )


def detail_rows_of(holding: SeatHolding) -> list[DetailRow]:
    """Return the seat that somebody holds, and since when."""
    body = holding.seat.body
    rows = [
        DetailRow(_("Body"), body, body.get_absolute_url()),
        DetailRow(_("Seat"), holding.seat.kind),
        DetailRow(_("Since"), holding.starts_on),
    ]
    if holding.until is not None:
        rows.append(DetailRow(_("Until"), holding.until))
    return rows


class FileHolding(FiledHoldings, RowFormView[SeatHolding]):
    """Street staff put somebody in a seat on file."""

    form_class = FilingForm
    action = staticmethod(actions.file_holding)
    title = _("Put on file")
    success_message = _("The filing is on record.")

    def has_permission(self, obj: SeatHolding) -> bool:
        return permissions.can_keep_filing(self.request.user, obj)

    def get_success_url(self) -> str:
        return reverse("communities:filing", args=[self.row.pk])

    def get_cancel_url(self) -> str:
        return self.get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row, **kwargs)


class VoidFiling(ReasonView[SeatFiling]):
    """Street staff void a filing entered by mistake."""

    read_with = ("holding", "holding.seat")
    model = SeatFiling
    action = staticmethod(actions.void_filing)
    title = _("Void the filing")
    submit_label = _("Void the filing")
    success_message = _("The filing was voided.")
    consequence = _("It stays on record with the reason. The one before it goes on.")

    def get_rows(self) -> Any:
        rows = SeatFiling.all_objects.visible_to(self.request.user)
        return rows.select_related(
            *("holding__seat__body__organization", "holding__seat__kind"),
            *("holding__member", "holding__non_member", "holding__unit"),
        )

    def has_permission(self, obj: SeatFiling) -> bool:
        return permissions.can_keep_filing(self.request.user, obj.holding)

    def refuse_beforehand(self) -> None:
        refuse_voided(self.row)
