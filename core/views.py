"""Shapes that pages share: a list, a form that does a deed, a verb."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View
from django_filters.views import FilterView
from django_tables2 import SingleTableMixin

from core.constraints import rules_speak
from core.errors import DomainError, StaleForm
from core.forms import (
    KEY,
    STALE,
    KeyedForm,
    ReasonForm,
    conflicts_of,
    retokened,
    stale_token,
)
from core.idempotency import once
from core.trail import history_of
from core.words import Words

M = TypeVar("M", bound=models.Model)


class ListPage(SingleTableMixin, FilterView):
    """Rows the reader may see, filtered by GET, fifty a page."""

    template_name = "core/list_page.html"
    paginate_by = 50
    strict = False
    title: Words = ""
    empty_text: Words = _("Nothing here yet.")

    def get_queryset(self) -> Any:
        return self.model.objects.visible_to(self.request.user)

    def get_paginate_by(self, queryset: Any) -> int | None:
        """Leave the pages to the table: a second paginator counts the rows again."""
        return None

    def get_table_pagination(self, table: Any) -> dict[str, Any]:
        page = self.request.GET.get(table.prefixed_page_field) or 1
        return {"per_page": self.paginate_by, "page": page, "silent": False}

    def get_table(self, **kwargs: Any) -> Any:
        """Return the table on the page that was asked for; no such page is 404."""
        try:
            return super().get_table(**kwargs)
        except InvalidPage as refusal:
            raise Http404 from refusal

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"title": self.title, "empty_text": self.empty_text}
        context: dict[str, Any] = super().get_context_data(**{**extra, **kwargs})
        return context


class OverRow(View, Generic[M]):
    """A page over one row: invisible is not there, then permission is asked."""

    model: type[M]
    pk_url_kwarg = "pk"

    def get_rows(self) -> models.QuerySet[M]:
        """Return the rows the reader may know of."""
        rows: models.QuerySet[M] = self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined] # scoped managers
        return rows

    def get_object(self) -> M:
        """Return the row the address names; invisible is 404."""
        return get_object_or_404(self.get_rows(), pk=self.kwargs[self.pk_url_kwarg])

    def allowed(self, obj: M) -> bool:
        """Whether the reader may do this to the row; override."""
        raise NotImplementedError

    def found(self) -> M:
        """Return the row after permission was asked; forbidden is 403."""
        obj = self.get_object()
        if not self.allowed(obj):
            raise PermissionDenied
        return obj


def sent_once(request: HttpRequest, act: Callable[[], str]) -> tuple[str, bool] | None:
    """Do what a button asks, once; return what `once` does, or nothing if refused.

    The refusal is a message on the next page.
    """
    key = request.POST.get(KEY, "")
    try:
        with rules_speak():
            return once(key, by=request.user, act=act)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return None


NOT_DONE = _(
    "Nothing was done. If you had to sign in meanwhile, please do it again on its page."
)


class DeedView(OverRow[M]):
    """A verb by POST: find, ask, act, tell, go back."""

    http_method_names = ["get", "post"]
    success_message: Words = _("Done.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever had to sign in first comes back by GET, which does nothing."""
        messages.info(request, NOT_DONE)
        return HttpResponseRedirect("/")

    def act(self, obj: M) -> None:
        """Do the deed; override."""
        raise NotImplementedError

    def get_success_url(self, obj: M) -> str:
        """Return where to go afterwards: the row's own page unless overridden."""
        return str(obj.get_absolute_url())  # type: ignore[attr-defined] # rows with pages

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Invisible is 404, forbidden is 403, a refusal is a message."""
        obj = self.found()

        def act() -> str:
            self.act(obj)
            return self.get_success_url(obj)

        done = sent_once(request, act)
        if done is None:
            return HttpResponseRedirect(self.get_success_url(obj))
        location, new = done
        if new and self.success_message:
            messages.success(request, self.success_message)
        return HttpResponseRedirect(location)


class DeedFormView(FormView):
    """A form whose sending is a deed; the refusal is shown on the form."""

    template_name = "core/form_page.html"
    title: Words = ""
    submit_label: Words = _("Save")
    success_message: Words = _("Saved.")

    def act(self, form: Any) -> str:
        """Do the deed with the cleaned form; return the address of its result."""
        raise NotImplementedError

    def perform(self, form: Any) -> str:
        """Do the deed in its transaction, with what must be asked before it."""
        return self.act(form)

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data.get(KEY, "")
        try:
            with rules_speak():
                location, new = once(
                    key, by=self.request.user, act=lambda: self.perform(form)
                )
        except DomainError as refusal:
            return self.refused(form, refusal)
        if new:
            messages.success(self.request, self.success_message)
        return HttpResponseRedirect(location)

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show the form again, with what the deed said."""
        form.add_error(None, str(refusal))
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"title": self.title, "submit_label": self.submit_label}
        return super().get_context_data(**{**extra, **kwargs})


class RowFormView(OverRow[M], DeedFormView):
    """A form over one row, `row`; permission is asked before it is shown."""

    row: M

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.row = self.found()
        return super().dispatch(request, *args, **kwargs)

    def get_cancel_url(self) -> str:
        """Return where to go without saving: the row's own page unless overridden."""
        return str(self.row.get_absolute_url())  # type: ignore[attr-defined] # rows with pages

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"cancel_url": self.get_cancel_url()}
        return super().get_context_data(**{**extra, **kwargs})


class ChangeView(RowFormView[M]):
    """A form that corrects its row, filled in with what stands.

    Opened before somebody else's change it is a conflict; the form is a
    `StaleAwareForm`, its fields bear the names of the columns.
    """

    def get_initial(self) -> dict[str, Any]:
        names = self.get_form_class().base_fields
        return {n: getattr(self.row, n) for n in names if hasattr(self.row, n)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "over": self.row}

    def perform(self, form: Any) -> str:
        rows = type(self.row)._default_manager.select_for_update(of=("self",))
        if form.cleaned_data.get(STALE) != stale_token(rows.get(pk=self.row.pk)):
            raise StaleForm
        return super().perform(form)

    def refused(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show both versions; the form below them may be corrected and sent again."""
        if not isinstance(refusal, StaleForm):
            return super().refused(form, refusal)
        conflicts = conflicts_of(form)
        form.data = retokened(form, self.row)
        form.add_error(None, str(refusal))
        latest = next(iter(history_of(self.row, self.request.user)), None)
        context = self.get_context_data(
            form=form,
            conflicts=conflicts,
            changed_by=getattr(latest, "actor_name", ""),
            changed_at=getattr(latest, "at", None),
        )
        return render(self.request, "core/conflict.html", context, status=409)


class QuestionView(RowFormView[M]):
    """A verb over a row that says what follows before it is done."""

    template_name = "core/confirm_deed.html"
    consequence: Words = ""
    danger = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {
            "question": self.row,
            "consequence": self.consequence,
            "danger": self.danger,
        }
        return super().get_context_data(**{**extra, **kwargs})

    def get_success_url(self) -> str:
        """Return where to go afterwards: the row's own page unless overridden."""
        return str(self.row.get_absolute_url())  # type: ignore[attr-defined] # rows with pages


class ConfirmView(QuestionView[M]):
    """A verb over a row that says what follows and asks whether it is meant."""

    form_class: Any = KeyedForm

    def act(self, form: Any) -> str:
        self.deed()
        return self.get_success_url()

    def deed(self) -> None:
        """Do it; override."""
        raise NotImplementedError


class ReasonView(QuestionView[M]):
    """A verb over a row that says what follows and asks why."""

    form_class: Any = ReasonForm

    def act(self, form: Any) -> str:
        self.deed(form.cleaned_data["reason"])
        return self.get_success_url()

    def deed(self, reason: str) -> None:
        """Do it, for the reason; override."""
        raise NotImplementedError
