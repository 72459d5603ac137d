"""A member proposes corrections of their own record, and sees what came of them."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.web.components import Link
from core.web.views import ActionFormView, ConfirmView
from members import actions
from members.actions.corrections import refuse_decided_correction
from members.duplicates.merged import own_or_merged
from members.forms import ProposeCorrectionForm
from members.models import ProposedCorrection
from members.views.corrections import CorrectionMixin
from members.views.own import OwnPageView

TITLE = _("My corrections")


class OwnCorrections(OwnPageView, TemplateView):
    """What the member proposed to correct, the latest first, with its state."""

    template_name = "members/own_corrections.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        member = self.member  # asked first: others get 404
        rows = ProposedCorrection.objects.visible_to(self.request.user)
        rows = rows.filter(own_or_merged([member.pk]))
        return super().get_context_data(
            title=TITLE,
            corrections=rows.select_related("member"),
            breadcrumbs=[Link(_("About me"), reverse("members:me")), Link(TITLE)],
            **kwargs,
        )


class ProposeCorrection(OwnPageView, ActionFormView):
    """Propose what is right, field by field; nothing changes until it is accepted."""

    form_class = ProposeCorrectionForm
    title = _("Propose a correction")
    submit_label = _("Hand in")
    success_message = _("Handed in. Whoever keeps your record checks it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.member  # noqa: B018 -- 404 for people who are no members
        return super().get_context_data(
            lead=_(
                "Fill in what is wrong in your record, and leave the rest empty. Name,"
                " identity number and days in the Party are corrected by your branch or"
                " community, on papers."
            ),
            cancel_url=reverse("members:own_corrections"),
            breadcrumbs=[
                Link(TITLE, reverse("members:own_corrections")),
                Link(self.title),
            ],
            **kwargs,
        )

    def run_action(self, form: Any) -> str:
        actions.propose_corrections(
            self.member,
            form.proposed_values(),
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )
        return reverse("members:own_corrections")


class WithdrawCorrection(CorrectionMixin, ConfirmView[ProposedCorrection]):
    """Take back what nobody has decided yet."""

    action = staticmethod(actions.withdraw_correction)
    title = _("Withdraw the correction")
    submit_label = _("Withdraw")
    success_message = _("Withdrawn. Your record stays as it is.")
    consequence = _("Your record stays as it is. You may propose it anew any time.")

    def has_permission(self, obj: ProposedCorrection) -> bool:
        return self.is_own(obj)

    def refuse_beforehand(self) -> None:
        refuse_decided_correction(self.row)

    def get_success_url(self) -> str:
        """Return to the member's own list."""
        return reverse("members:own_corrections")
