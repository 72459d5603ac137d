"""A unit's own people on its liaison's page: what they did where they live."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from core.actors import scope_of
from core.months import today
from core.web.components import Link
from members import permissions
from members.models import Member
from members.opinions.facts import describe_facts


class UnitPeople(UserPassesTestMixin, ListView):
    """The members whom a liaison's unit employs, with what is on record (S0-27).

    A unit learns whether its people checked in, how often they served and how many
    pledges of the last twelve months were accepted and kept. What they pledged, and
    what else their records hold, is for the place where they belong and for the one
    where they live.
    """

    template_name = "members/unit_people.html"
    paginate_by = 20

    def test_func(self) -> bool:
        return permissions.speaks_for_a_unit(self.request.user)

    def get_queryset(self) -> Any:
        units = scope_of(self.request.user).units()
        rows = Member.objects.current().employed_at(units)
        return rows.only("pk", "name", "employer__name").select_related("employer")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(title=_("Our people"), **kwargs)
        people = list(context["object_list"])
        facts = describe_facts([one.pk for one in people], today())
        context["cards"] = [
            {
                "name": one.name,
                "facts": facts[one.pk],
                "ask_url": reverse("members:ask_for_unit", args=[one.pk]),
            }
            for one in people
        ]
        context["page_actions"] = [
            Link(_("Opinions asked for"), reverse("members:opinions"))
        ]
        return context
