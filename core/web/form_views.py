"""Base views of forms: about one row, running an action, and over a row."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from core.errors import DomainError
from core.text import StrOrPromise
from core.web.edit_conflicts import (
    bring_up_to_date,
)
from core.web.writing import is_sent_again, run_write

M = TypeVar("M", bound=models.Model)


class PermittedObjectMixin(View, Generic[M]):
    """A page about one row: invisible is 404, forbidden is 403."""

    model: type[M]
    pk_url_kwarg = "pk"

    def get_rows(self) -> models.QuerySet[M]:
        """Return the rows the reader may see."""
        rows: models.QuerySet[M] = self.model.objects.visible_to(self.request.user)  # type: ignore[attr-defined] # scoped managers
        return rows

    def get_object(self) -> M:
        """Return the row with the key of the address; invisible is 404."""
        return get_object_or_404(self.get_rows(), pk=self.kwargs[self.pk_url_kwarg])

    def has_permission(self, obj: M) -> bool:
        """Return whether the reader may do this to the row; override."""
        raise NotImplementedError

    def get_permitted_object(self) -> M:
        """Return the row after asking permission; forbidden is 403."""
        obj = self.get_object()
        if not self.has_permission(obj):
            raise PermissionDenied
        return obj


class ActionFormView(FormView):
    """A form that runs an action when sent; a refusal is shown on the form."""

    template_name = "core/form_page.html"
    title: StrOrPromise = ""
    submit_label: StrOrPromise = _("Save")
    success_message: StrOrPromise = _("Saved.")

    def run_action(self, form: Any) -> str | None:
        """Call the action with the cleaned form; override.

        Return the address of its result, or None for `get_success_url()`.
        """
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with what was typed before a session ended, if asked for."""
        kwargs = super().get_form_kwargs()
        restored = getattr(self.request, "restored_form", None)
        return kwargs if restored is None else {**kwargs, "data": restored}

    def check_version(self, form: Any) -> None:
        """Refuse a form that was opened before somebody else's change."""

    def form_valid(self, form: Any) -> HttpResponse:
        def run() -> str:
            self.check_version(form)
            return self.run_action(form) or self.get_success_url()

        try:
            location = run_write(self.request, run)
        except DomainError as refusal:
            return self.show_refusal(form, refusal)
        return self.show_result(location)

    def show_result(self, location: str) -> HttpResponse:
        """Go to the result of the write."""
        messages.success(self.request, self.success_message)
        return HttpResponseRedirect(location)

    def show_refusal(self, form: Any, refusal: DomainError) -> HttpResponse:
        """Show the form again with the action's refusal."""
        form.add_error(None, str(refusal))
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"title": self.title, "submit_label": self.submit_label}
        context: dict[str, Any] = super().get_context_data(**{**extra, **kwargs})
        if is_sent_again(self.request):
            bring_up_to_date(context["form"])
        return context


class RowFormView(PermittedObjectMixin[M], ActionFormView):
    """A form over one row, `row`; permission is asked before it is shown.

    A form that will be refused whatever is typed does not open: the page says why.
    `action` is called with the row and what was typed, unless `run_action` does more.
    """

    row: M
    action: ClassVar[Callable[..., Any]]

    def run_action(self, form: Any) -> str | None:
        self.action(self.row, by=self.request.user, **form.action_values())
        return None

    def refuse_beforehand(self) -> None:
        """Raise the refusal that the action would give whatever is typed; override."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, or why nobody could send it."""
        try:
            self.refuse_beforehand()
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.get_cancel_url())
        return super().get(request, *args, **kwargs)

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.row = self.get_permitted_object()
        return super().dispatch(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """Return where to go afterwards: the row's own page unless overridden."""
        return str(self.row.get_absolute_url())  # type: ignore[attr-defined] # rows with pages

    def get_cancel_url(self) -> str:
        """Return where to go without saving: the row's own page unless overridden."""
        return str(self.row.get_absolute_url())  # type: ignore[attr-defined] # rows with pages

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"cancel_url": self.get_cancel_url()}
        return super().get_context_data(**{**extra, **kwargs})
