"""A member's own promises, written on the phone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.months import today
from core.web.components import Link, parse_key
from core.web.views import ActionFormView, ChangeView
from members import actions
from members.actions.pledges import refuse_decided
from members.duplicates.merged import own_or_merged
from members.forms import PledgeForm, whole_year
from members.models import Pledge
from members.views.own import OwnPageView
from members.views.pledges import PLEDGES, PledgeMixin


class OwnPledges(OwnPageView, TemplateView):
    """Everything the member has promised, the latest first, and what to do next."""

    template_name = "members/own_pledges.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = self.member  # asked first: others get 404
        rows = Pledge.objects.visible_to(self.request.user)
        rows = rows.filter(own_or_merged([member.pk])).select_related("organization")
        return super().get_context_data(
            title=_("My pledges"),
            pledges=rows,
            continued=_continued(rows),
            may_pledge=bool(member.community_id or member.organization_id),
            breadcrumbs=[
                Link(_("About me"), reverse("members:me")),
                Link(_("My pledges")),
            ],
            **kwargs,
        )


def _continued(rows: Iterable[Pledge]) -> set[int]:
    """Return the keys of the pledges that were made again for a later period."""
    last: dict[str, dt.date] = {}
    for row in rows:
        last[row.text] = max(row.starts_on, last.get(row.text, row.starts_on))
    return {row.pk for row in rows if row.starts_on < last[row.text]}


class MakePledge(OwnPageView, ActionFormView):
    """Promise something; the form begins with last year's where that is asked for."""

    form_class = PledgeForm
    title = _("Make a pledge")
    submit_label = _("Hand in")
    success_message = _("Handed in. Your branch or community reads it and accepts it.")

    def get_initial(self) -> dict[str, Any]:
        key = parse_key(self.request.GET.get("again", ""))
        if not key:
            return dict(whole_year(today().year))
        own = Pledge.objects.filter(own_or_merged([self.member.pk]))
        row = get_object_or_404(own, pk=key)
        year = max(row.ends_on.year, row.starts_on.year + 1)
        columns = ("kind", "text", "amount", "measure")
        return {**{name: getattr(row, name) for name in columns}, **whole_year(year)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.member  # noqa: B018 -- 404 for people who are no members
        return super().get_context_data(
            cancel_url=reverse("members:own_pledges"),
            breadcrumbs=[
                Link(PLEDGES, reverse("members:own_pledges")),
                Link(self.title),
            ],
            **kwargs,
        )

    def run_action(self, form: Any) -> str:
        actions.make_pledge(self.member, by=self.request.user, **form.action_values())
        return reverse("members:own_pledges")


class ChangePledge(PledgeMixin, ChangeView[Pledge]):
    """Write anew what nobody has accepted yet."""

    form_class = PledgeForm
    title = _("Change the pledge")
    submit_label = _("Hand in")
    success_message = _("Handed in. Your branch or community reads it and accepts it.")

    def has_permission(self, obj: Pledge) -> bool:
        return self.is_own(obj)

    def refuse_beforehand(self) -> None:
        refuse_decided(self.row)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.note, **kwargs)

    def run_action(self, form: Any) -> None:
        actions.change_pledge(self.row, by=self.request.user, **form.action_values())
