"""Base views: a form that runs an action, and a button that runs an action."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.audit import history_of
from core.errors import ChangedSinceRead, DomainError, EditConflict, OwnEditConflict
from core.text import StrOrPromise
from core.web.edit_conflicts import (
    VERSION_TOKEN,
    conflicts_of,
    lock_unchanged,
    with_fresh_token,
)
from core.web.form_views import ActionFormView, PermittedObjectMixin, RowFormView
from core.web.forms import KeyedForm, ReasonForm
from core.web.read_first import ReadFirstView, lock_row, token_of
from core.web.writing import run_write

M = TypeVar("M", bound=models.Model)


__all__ = [
    "ActionFormView",
    "ActionView",
    "ChangeView",
    "ConfirmView",
    "PermittedObjectMixin",
    "QuestionView",
    "ReadActionView",
    "ReadFirstView",
    "ReasonView",
    "RowFormView",
]

NOT_DONE = _(
    "Nothing was done. If you had to sign in meanwhile, please do it again on its page."
)


class ActionView(PermittedObjectMixin[M]):
    """A button that runs an action on one row by POST."""

    http_method_names = ["get", "post"]
    success_message: StrOrPromise = _("Done.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do nothing: people who had to sign in first come back by GET."""
        messages.info(request, NOT_DONE)
        return HttpResponseRedirect("/")

    def check_read(self, obj: M) -> None:
        """Refuse what was decided about something else; nothing unless overridden."""

    def run_action(self, obj: M) -> None:
        """Call the action; override."""
        raise NotImplementedError

    def get_success_url(self, obj: M) -> str:
        """Return where to go afterwards: the row's own page unless overridden."""
        return str(obj.get_absolute_url())  # type: ignore[attr-defined] # rows with pages

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run the action once; a refusal is a message on the next page."""
        obj = self.get_permitted_object()

        def run() -> str:
            self.check_read(obj)
            self.run_action(obj)
            return self.get_success_url(obj)

        try:
            location = run_write(request, run)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.get_success_url(obj))
        if self.success_message:
            messages.success(request, self.success_message)
        return HttpResponseRedirect(location)


class ReadActionView(ActionView[M]):
    """A button that applies to what the page showed on which it stands.

    That page is another view's: it takes the token of its button from `read_token`.
    """

    @classmethod
    def shown_rows(cls, row: M) -> Iterable[models.Model]:
        """Return what the person reads before they press: the row, unless overridden.

        What lies below the row is read anew.
        """
        return [row]

    @classmethod
    def read_token(cls, row: M) -> str:
        """Return the token of what is shown."""
        return token_of(cls.shown_rows(row))

    def lock_read(self, obj: M) -> None:
        """Lock what was read, in the order in which the action locks."""
        lock_row(obj)

    def check_read(self, obj: M) -> None:
        """Do nothing about something else than what stands there now."""
        self.lock_read(obj)
        self.refuse_overtaken(obj)

    def refuse_overtaken(self, obj: M) -> None:
        """Refuse a button whose page showed something else than what is stored."""
        if self.request.POST.get(VERSION_TOKEN) != self.read_token(self.get_object()):
            raise ChangedSinceRead


class ChangeView(RowFormView[M]):
    """A form that corrects its row, filled in with what is stored.

    If somebody else changed the row since the form was opened, both versions are
    shown, on the `conflict_template`. The form is a `VersionedForm`, its fields are
    named like the columns.
    """

    conflict_template = "core/conflict.html"

    def get_initial(self) -> dict[str, Any]:
        names = self.get_form_class().base_fields
        return {n: getattr(self.row, n) for n in names if hasattr(self.row, n)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "over": self.row}

    def check_version(self, form: Any) -> None:
        token = form.cleaned_data.get(VERSION_TOKEN)
        lock_unchanged(self.row, token, by=self.request.user)

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show both versions; the form below them can be corrected and sent again."""
        if not isinstance(refusal, EditConflict):
            return super().show_refusal(form, refusal)
        conflicts = conflicts_of(form)
        form.data = with_fresh_token(form, self.row)
        latest = next(iter(history_of(self.row, self.request.user)), None)
        is_own = isinstance(refusal, OwnEditConflict)
        form.add_error(None, str(refusal))
        context = self.get_context_data(
            form=form,
            conflicts=conflicts,
            changed_by="" if is_own else getattr(latest, "actor_name", ""),
            changed_at=getattr(latest, "at", None),
        )
        return render(self.request, self.conflict_template, context, status=409)


class QuestionView(ReadFirstView[M]):
    """An action on a row, as it is shown, whose consequence is stated before."""

    template_name = "core/confirm_action.html"
    consequence: StrOrPromise = ""
    danger = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {
            "question": self.row,
            "consequence": self.consequence,
            "danger": self.danger,
        }
        return super().get_context_data(**{**extra, **kwargs})


class ConfirmView(QuestionView[M]):
    """An action on a row that asks for confirmation."""

    form_class: Any = KeyedForm


class ReasonView(QuestionView[M]):
    """An action on a row that asks for a reason (`form.cleaned_data["reason"]`)."""

    form_class: Any = ReasonForm
