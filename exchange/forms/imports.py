"""Forms that upload a sheet and confirm its preview."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.db.tree import STEP
from core.months import today
from core.web.forms import DayField, KeyedForm, offer_rows
from exchange import permissions
from exchange.content_types import cannot_be_table
from exchange.import_kinds import ImportKind, import_kinds
from exchange.models import ImportBatch
from organizations.models import Organization

MEGABYTE = 1024 * 1024
HEAD = 4096


class OrganizationField(forms.ModelChoiceField):
    """Organizations as a tree: each indented below its parent."""

    def label_from_instance(self, obj: Any) -> str:
        depth = len(obj.path) // STEP - 1
        return f"{'　' * depth}{obj.name}"


class UploadForm(KeyedForm):
    """The file, its kind and its organization, as far as the person may import."""

    kind = forms.ChoiceField(label=_("Kind of sheet"))
    organization = OrganizationField(
        label=_("Sheet of"),
        queryset=Organization.objects.none(),
        empty_label=None,
        help_text=_("Only rows of this organization and those below it are imported."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "Upload it unchanged: .xlsx, .xls or .csv. Nothing is "
            "written before you confirm."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt"}),
    )

    def __init__(self, *args: Any, user: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        kinds = permissions.kinds_for(user)
        self.fields["kind"].choices = [(kind.key, kind.label) for kind in kinds]  # type: ignore[attr-defined] # a ChoiceField
        # A guess does no harm: the preview says what the sheet seems to be, and asks.
        self.fields["kind"].initial = kinds[0].key if kinds else None
        organizations = Organization.objects.none()
        for kind in kinds:
            organizations = organizations | permissions.organizations_for(user, kind)
        offer_rows(self, "organization", organizations.order_by("path"))

    def clean_file(self) -> Any:
        """Refuse files that are too large, or that cannot be tables by their bytes."""
        upload = self.cleaned_data["file"]
        if upload.size > settings.UPLOAD_LIMIT_BYTES:
            limit = settings.UPLOAD_LIMIT_BYTES // MEGABYTE
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Nothing was read."),
                params={"limit": limit},
            )
        head = upload.read(HEAD)
        upload.seek(0)
        if cannot_be_table(head):
            raise forms.ValidationError(
                _(
                    "This is not a table file. Nothing was read: save the table as"
                    " .xlsx, .xls or .csv and upload that."
                )
            )
        return upload

    def clean(self) -> dict[str, Any]:
        """Check that the person's role for the kind includes the organization."""
        values = super().clean() or {}
        kind, organization = values.get("kind"), values.get("organization")
        if kind and organization:
            values["kind"] = chosen = self.kind_of(kind)
            if not permissions.can_import_for(self.user, chosen, organization):
                self.add_error(
                    "organization",
                    _("You may not import this kind of sheet for this organization."),
                )
        return values

    def kind_of(self, key: str) -> ImportKind:
        """Return the kind by its key."""
        return import_kinds.get(key)


class ConfirmForm(KeyedForm):
    """The first day of the memberships that the sheet creates."""

    starts_on = DayField(
        label=_("Memberships begin on"),
        past=True,
        initial=today,
        help_text=_("By default the day of the import."),
    )

    def __init__(self, *args: Any, batch: ImportBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not import_kinds.get(batch.kind).asks_start:
            del self.fields["starts_on"]
