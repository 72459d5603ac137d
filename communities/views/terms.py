"""Terms of bodies: beginning and extending them."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from communities import actions, permissions
from communities.actions.term_voids import (
    refuse_void_extension,
    refuse_void_of_elected,
)
from communities.actions.terms import refuse_extension
from communities.forms import ExtensionForm, NewTermForm
from communities.models import Body, TermOfOffice
from core.web.views import ReadFirstView, ReasonView, RowFormView


class BeginTerm(RowFormView[Body]):
    """A record keeper enters that a body's next term has begun."""

    model = Body
    form_class = NewTermForm
    action = staticmethod(actions.begin_term)
    title = _("Begin a term")
    submit_label = _("Begin")
    success_message = _("The term has begun. Its seats are vacant: fill them now.")

    def form_valid(self, form: NewTermForm) -> HttpResponse:
        if form.carries_over:
            self.success_message = _("The term has begun. Fill its vacant seats now.")
        return super().form_valid(form)

    def has_permission(self, obj: Body) -> bool:
        return permissions.can_keep_body(self.request.user, obj)

    def get_rows(self) -> Any:
        return super().get_rows().select_related("kind", "organization")

    def get_initial(self) -> dict[str, Any]:
        last = self.row.terms.order_by("-starts_on").first()
        known: dict[str, Any] = {"number": last.number + 1 if last else 1}
        if last is not None and last.ends_on is not None:
            known["starts_on"] = last.ends_on
        return {
            **super().get_initial(),
            **known,
            "begun_by": self.row.kind.filled_by,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "body": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.name, **kwargs)


class TermRows:
    """Terms with their body, for who keeps it."""

    model = TermOfOffice
    request: Any

    def get_rows(self) -> Any:
        rows = TermOfOffice.objects.visible_to(self.request.user)
        return rows.select_related("body__kind", "body__organization")

    def has_permission(self, obj: TermOfOffice) -> bool:
        """Whether the reader keeps the body whose term it is."""
        return permissions.can_keep_body(self.request.user, obj.body)


class ExtendTerm(TermRows, ReadFirstView[TermOfOffice]):
    """A record keeper enters that a term was extended, with the approval (R-05)."""

    form_class = ExtensionForm
    title = _("Extend the term")
    submit_label = _("Extend")
    success_message = _("The term was extended.")

    def refuse_beforehand(self) -> None:
        refuse_extension(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "term": self.row}

    def run_action(self, form: ExtensionForm) -> None:
        values = form.action_values()
        ends_on = values.pop("last_day") + dt.timedelta(days=1)
        actions.extend_term(self.row, ends_on=ends_on, by=self.request.user, **values)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lead=self.row.body.name, **kwargs)


class VoidExtension(TermRows, ReasonView[TermOfOffice]):
    """A record keeper voids an extension entered by mistake."""

    action = staticmethod(actions.void_extension)
    title = _("Void the extension")
    submit_label = _("Void the extension")
    success_message = _("The extension was voided.")
    consequence = _(
        "The term has its former end again; the log keeps what was entered. If the"
        " extension is right but mistyped, enter it anew afterwards."
    )

    def refuse_beforehand(self) -> None:
        refuse_void_extension(self.row)


class VoidTerm(TermRows, ReasonView[TermOfOffice]):
    """A record keeper voids a term that was begun by mistake."""

    action = staticmethod(actions.void_term)
    title = _("Void the term")
    submit_label = _("Void the term")
    success_message = _("The term was voided.")
    consequence = _(
        "It stays on record with the reason. The term before it goes on, and whoever"
        " left because this one began holds their seat again."
    )

    def refuse_beforehand(self) -> None:
        refuse_void_of_elected(self.row)
