"""The browser admin over deeds: rows scoped, writes through actions, one trail.

A subclass names its deeds (`add_deed`, `change_deed`, `end_deed`); what it does not
name cannot be done. Refusals appear on the form, a form opened before somebody else's
change is a conflict, a form sent twice is saved once.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.constraints import rule_behind
from core.duties import scope_of
from core.errors import DomainError, StaleForm
from core.forms import KEY, STALE, ReasonForm, new_key, stale_token
from core.idempotency import once
from core.trail import history_of

REFUSAL = "_deed_refusal"


class DeedForm(forms.ModelForm):
    """An admin form that carries its key and what it was opened over."""

    idempotency_key = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput, initial=new_key
    )
    stale_token = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput
    )
    refusal: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields[STALE].initial = stale_token(self.instance)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        return cleaned

    def deed_values(self) -> dict[str, Any]:
        """Return what the deed is called with: the columns, not the form's own."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {KEY, STALE}}


class DeedAdmin(admin.ModelAdmin):
    """Records kept in the browser, each write a deed."""

    form = DeedForm
    actions = None
    change_form_template = "admin/deed_change_form.html"
    list_per_page = 50
    show_full_result_count = False
    end_label: Any = _("End …")
    add_deed: Callable[..., Any] | None = None
    change_deed: Callable[..., object] | None = None
    end_deed: Callable[..., object] | None = None

    # What may be seen and done -------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.model._default_manager.visible_to(request.user).order_by(
            *self.get_ordering(request) or self.model._meta.ordering
        )

    def managed(self, request: HttpRequest, obj: models.Model) -> bool:
        """Whether the reader may change the row."""
        rows = self.model._default_manager.managed_by(request.user)
        return bool(rows.filter(pk=obj.pk).exists())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        rows = self.model._default_manager.none()
        codes = set(getattr(rows, "seen_with", ())) | set(
            getattr(rows, "managed_with", ())
        )
        return bool(getattr(request.user, "is_staff", False)) and (
            scope_of(request.user).holds(codes) or self.opens_to(request)
        )

    def opens_to(self, request: HttpRequest) -> bool:
        """Whether the list opens to somebody beside those the queryset names."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.add_deed is not None and self._keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if self.change_deed is None or not self._keeps(request):
            return False
        return obj is None or self.managed(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # records are ended, never deleted

    def _keeps(self, request: HttpRequest) -> bool:
        rows = self.model._default_manager.none()
        return scope_of(request.user).holds(getattr(rows, "managed_with", ()))

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """Only the named filters narrow a list: any other lookup would be an oracle."""
        names = [f if isinstance(f, str) else f[0] for f in self.list_filter if f]
        fields = [name for name in names if isinstance(name, str)]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in fields)

    # What is offered ------------------------------------------------------------

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        manager = db_field.remote_field.model._default_manager
        if "queryset" not in kwargs and hasattr(manager, "managed_by"):
            kwargs["queryset"] = self.offered(db_field.name, manager, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def offered(self, name: str, manager: Any, request: HttpRequest) -> Any:
        """Rows a foreign key offers: those the reader may change, unless overridden."""
        return manager.managed_by(request.user)

    # Writing ----------------------------------------------------------------------

    def get_form(
        self,
        request: HttpRequest,
        obj: Any = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        refusal = getattr(request, REFUSAL, "")
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if self.fieldsets:
            fieldsets = [
                *fieldsets,
                (None, {"fields": [KEY, STALE], "classes": ["deed-hidden"]}),
            ]
        return fieldsets

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Run the stock view; a refusal rolls back and comes back on the form."""
        row = None
        if object_id and self.end_deed is not None:
            row = self.get_object(request, unquote(object_id))
        extra = {
            **(extra_context or {}),
            "end_label": self.end_label if row and self.managed(request, row) else "",
        }

        def save() -> Any:
            return super(DeedAdmin, self).changeform_view(
                request, object_id, form_url, extra
            )

        if request.method != "POST":
            return save()
        try:
            return self._once(request, save)
        except DomainError as refusal:
            setattr(request, REFUSAL, str(refusal))
        except IntegrityError as error:
            if (rule := rule_behind(error)) is None:
                raise
            setattr(request, REFUSAL, str(rule))
        return save()

    def _once(self, request: HttpRequest, save: Callable[[], Any]) -> Any:
        """Save under the form's key: a second sending leads to the first's result."""
        answer: list[Any] = []

        def act() -> str:
            answer.append(save())
            location = getattr(answer[0], "url", "")
            if not location:
                raise _NotSaved
            return str(location)

        try:
            location, new = once(request.POST.get(KEY, ""), by=request.user, act=act)
        except _NotSaved:
            return answer[0]
        if new:
            return answer[0]
        messages.info(request, _now("This was saved already; nothing was saved twice."))
        return HttpResponseRedirect(location)

    def save_model(
        self,
        request: HttpRequest,
        obj: Any,
        form: Any,
        change: bool,  # noqa: FBT001 -- Django's
    ) -> None:
        """Call the deed; the stock save never runs."""
        values = form.deed_values()
        if not change:
            assert self.add_deed is not None  # noqa: S101 -- has_add_permission asked
            created = type(self).add_deed(**self.for_add(request, values))  # type: ignore[misc] # a plain function
            obj.__dict__.update(created.__dict__)
            return
        locked = self.model._default_manager.select_for_update(of=("self",)).get(
            pk=obj.pk
        )
        if form.cleaned_data.get(STALE) != stale_token(locked):
            raise StaleForm
        changed = {name: values[name] for name in form.changed_data if name in values}
        if changed:
            type(self).change_deed(locked, by=request.user, **changed)  # type: ignore[misc] # a plain function

    def for_add(
        self, request: HttpRequest, values: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return what the adding deed is called with."""
        return {**values, "by": request.user}

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Deeds write everything; there is nothing left to save."""

    def log_addition(self, *args: Any) -> None:
        """The deed wrote the trail."""

    def log_change(self, *args: Any) -> None:
        """The deed wrote the trail."""

    # Ending and looking back --------------------------------------------------------

    def get_urls(self) -> Any:
        name = f"{self.opts.app_label}_{self.opts.model_name}_end"
        end = path(
            "<path:object_id>/end/",
            self.admin_site.admin_view(self.end_view),
            name=name,
        )
        return [end, *super().get_urls()]

    def end_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then end the record by its deed."""
        obj = get_object_or_404(
            self.model._default_manager.managed_by(request.user), pk=unquote(object_id)
        )
        back = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]
        )
        form = ReasonForm(request.POST or None)
        if self.end_deed is None:
            return HttpResponseRedirect(back)
        if request.method == "POST" and form.is_valid():

            def act() -> str:
                type(self).end_deed(  # type: ignore[misc] # a plain function
                    obj, by=request.user, reason=form.cleaned_data["reason"]
                )
                return back

            try:
                location, _new = once(form.cleaned_data[KEY], by=request.user, act=act)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _now("Ended."))
                return HttpResponseRedirect(location)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": self.end_label,
            "form": form,
        }
        return render(request, "admin/deed_end.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what the one trail knows of the record."""
        obj = get_object_or_404(self.get_queryset(request), pk=unquote(object_id))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": _("History"),
            "entries": history_of(obj, request.user),
        }
        return render(request, "admin/deed_history.html", context)


class LookAdmin(DeedAdmin):
    """Records that are looked at here and changed elsewhere, or never."""


class _NotSaved(Exception):
    """The form was shown again: there is no result to remember."""
