"""What every form that writes carries: its key, and what it was opened over."""

import hashlib
import json
import uuid
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

KEY, STALE = "idempotency_key", "stale_token"


def new_key() -> str:
    """Return a fresh key for one write."""
    return uuid.uuid4().hex


def stale_token(instance: models.Model) -> str:
    """Digest a row's columns as they stand, to notice that they changed meanwhile."""
    values = {
        column.attname: column.value_from_object(instance)
        for column in instance._meta.concrete_fields
    }
    body = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


class KeyedForm(forms.Form):
    """A form whose write happens once, however often it is sent."""

    idempotency_key = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput, initial=new_key
    )


class StaleAwareForm(KeyedForm):
    """A form over an existing row that notices when the row changed meanwhile."""

    stale_token = forms.CharField(
        max_length=64, required=False, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, over: models.Model | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if over is not None:
            self.fields[STALE].initial = stale_token(over)


class ReasonForm(KeyedForm):
    """A verb that must say why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
