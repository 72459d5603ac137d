"""A second administrator's consent to slips for administrators."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.actions import agree_to_slip, ask_consent
from accounts.actions.consents import administrators, consents_since
from accounts.http import reader
from accounts.models import SlipConsent, User
from accounts.permissions import (
    accounts_for_slips,
    can_agree_to_slip,
    can_see_consents,
)
from core.web.forms import new_key
from core.web.views import ActionView


class ConsentList(UserPassesTestMixin, TemplateView):
    """The administrators to ask consent for, and the consents that were asked for."""

    template_name = "accounts/consents.html"

    def test_func(self) -> bool:
        return can_see_consents(reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = reader(self.request)
        rows = SlipConsent.objects.visible_to(user).asked_since(consents_since())
        consents = [
            (consent, can_agree_to_slip(user, consent))
            for consent in rows.select_related("user", "asked_by", "agreed_by")
        ]
        asked = [c.user_id for c, _may in consents if c.asked_by_id == user.pk]
        to_ask = accounts_for_slips(user).filter(pk__in=administrators())
        return super().get_context_data(
            title=_("Consent to slips for administrators"),
            consents=consents,
            to_ask=to_ask.exclude(pk__in=asked).order_by("username"),
            new_key=new_key,
            **kwargs,
        )


class AskConsent(ActionView[User]):
    """Asks for consent to a slip for one administrator."""

    model = User
    success_message = _("The other administrators were asked.")

    def get_rows(self) -> QuerySet[User]:
        return accounts_for_slips(reader(self.request)).filter(pk__in=administrators())

    def has_permission(self, obj: User) -> bool:
        return can_see_consents(reader(self.request))

    def run_action(self, obj: User) -> None:
        ask_consent(obj, by=reader(self.request))

    def get_success_url(self, obj: User) -> str:
        return reverse("accounts:consents")


class AgreeToSlip(ActionView[SlipConsent]):
    """Gives the consent that was asked for."""

    model = SlipConsent
    success_message = _("You agreed; the person who asked was told.")

    def has_permission(self, obj: SlipConsent) -> bool:
        return can_agree_to_slip(reader(self.request), obj)

    def run_action(self, obj: SlipConsent) -> None:
        agree_to_slip(obj, by=reader(self.request))

    def get_success_url(self, obj: SlipConsent) -> str:
        return reverse("accounts:consents")
