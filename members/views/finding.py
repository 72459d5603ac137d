"""Find members by a whole number: an identity number, or a phone."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.http import reader
from members import permissions
from members.actions import record_find_by_number, record_find_by_phone
from members.forms import FindForm
from members.models import Member

SHARED_BY = 20
"""How many members with one phone are listed; more is a placeholder."""


class FindByNumber(UserPassesTestMixin, FormView):
    """Find members by a whole number: sent by POST, recorded for each who is found.

    An identity number has one member. A phone may be shared in a family: then all who
    have it are listed. The number of a merged record finds the one that stays.
    """

    template_name = "members/find.html"
    form_class = FindForm
    extra_context = {"title": _("Find by number"), "submit_label": _("Find")}

    def test_func(self) -> bool:
        return permissions.can_admit(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        by_phone = "phone_index" in form.cleaned_data["number"]
        number = form.cleaned_data["number"]
        merged = Member.all_objects.filter(**number).exclude(merged_into=None)
        kept = list(merged.values_list("merged_into", flat=True)[:SHARED_BY])
        rows = Member.objects.visible_to(self.request.user)
        members = rows.filter(Q(**number) | Q(pk__in=kept))[:SHARED_BY]
        if not members:
            form.add_error(
                "number",
                gettext("No member in your area is recorded under this number."),
            )
            return self.form_invalid(form)
        record = record_find_by_phone if by_phone else record_find_by_number
        for member in members:
            record(member, by=reader(self.request))
        if len(members) == 1:
            return HttpResponseRedirect(members[0].get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form, found=members))
