"""The liaison's page: their unit's promised targets and progress."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from cobuilding import permissions
from cobuilding.enums import Side
from cobuilding.models import Agreement
from cobuilding.queries import with_latest_progress
from cobuilding.views.agreements import CONSEQUENCE, SignForUnit
from core.actors import scope_of
from core.web.components import ActionButton, Link


class UnitPage(UserPassesTestMixin, ListView):
    """The unit's own agreements, those that wait for its signature first."""

    template_name = "cobuilding/unit.html"
    paginate_by = 20

    def test_func(self) -> bool:
        return permissions.speaks_for_a_unit(self.request.user)

    def get_queryset(self) -> Any:
        units = scope_of(self.request.user).units()
        return with_latest_progress(Agreement.objects.of_units(units).awaiting_first())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(title=_("My unit"), **kwargs)
        context["consequence"] = CONSEQUENCE
        context["page_actions"] = [
            Link(_("Our people"), reverse("members:unit_people"), "people"),
            Link(_("Opinions asked for"), reverse("members:opinions")),
        ]
        context["cards"] = [
            {"agreement": agreement, "buttons": self._buttons(agreement)}
            for agreement in context["object_list"]
        ]
        return context

    def _buttons(self, agreement: Agreement) -> list[ActionButton]:
        """Return the button to sign for the unit, where the reader can."""
        if not permissions.can_sign(self.request.user, agreement, Side.UNIT):
            return []
        url = reverse("cobuilding:sign_for_unit", args=[agreement.pk])
        read = SignForUnit.read_token(agreement)
        label = _("Sign for the unit")
        return [ActionButton(label, url, primary=True, version=read)]
