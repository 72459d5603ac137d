"""Find members by a whole number: an identity number, or a phone."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts.http import reader
from core.errors import DomainError
from members import permissions
from members.actions import (
    record_find_by_number,
    record_find_by_phone,
    record_find_elsewhere,
    record_question,
)
from members.forms import FindForm
from members.models import Member
from organizations.queries import street_above

SHARED_BY = 20
"""How many members with one phone are listed; more is a placeholder."""


NOT_HERE = _(
    "No member in your area is recorded under this number. To ask whether the person"
    " is recorded in another street of the city, say why below and search again."
)


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
            return self.ask_elsewhere(form, Q(**number) | Q(pk__in=kept))
        record = record_find_by_phone if by_phone else record_find_by_number
        for member in members:
            record(member, by=reader(self.request))
        if len(members) == 1:
            return HttpResponseRedirect(members[0].get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form, found=members))

    def ask_elsewhere(self, form: Any, who: Q) -> HttpResponse:
        """Say in which street of the city the person is recorded, for a reason.

        Nothing but the place to ask is said. Who asks is recorded before anybody is
        looked for, and beyond the limit nobody is told either answer (S2-44).
        """
        reason = form.cleaned_data["reason"].strip()
        if not reason:
            form.add_error("number", NOT_HERE)
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                record_question(by=reader(self.request), reason=reason)
                found = Member.objects.current().filter(who)
                related = found.select_related("organization", "community")
                members = related.order_by("pk")[:SHARED_BY]
                places = [self._name_place(member, reason) for member in members]
        except DomainError as refusal:
            form.add_error("reason", str(refusal))
            return self.form_invalid(form)
        context = self.get_context_data(
            form=form, places=sorted({*places} - {""}), asked=True
        )
        return self.render_to_response(context)

    def _name_place(self, member: Member, reason: str) -> str:
        """Return the street where a member is recorded, after recording who is told."""
        record_find_elsewhere(member, by=reader(self.request), reason=reason)
        place = member.organization or member.community
        street = street_above(place) if place is not None else None
        return (street or place).name if place is not None else ""
