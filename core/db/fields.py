"""Model fields of our own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from core import crypto
from core.names import FULL_WIDTH_NUMBERS


class NumberTextFormField(forms.CharField):
    """A number or code that is kept as text, typed in any width of characters."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.translate(FULL_WIDTH_NUMBERS) if isinstance(text, str) else text


class NumberTextField(models.CharField):
    """A column of numbers or codes that are kept as text, such as landlines.

    Its form fields read full-width characters; the table has an ordinary text column.
    """

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": NumberTextFormField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class EncryptedTextField(models.TextField):
    """Text encrypted at rest; `isnull` is the only lookup.

    `mask` is the function that masks the value for lists and the audit log.
    """

    def __init__(
        self, *args: Any, mask: Callable[[str], str] | None = None, **kwargs: Any
    ) -> None:
        self.mask = mask
        super().__init__(*args, **kwargs)

    @property
    def context(self) -> str:
        """The table and column that the encrypted value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return crypto.encrypt(text, context=self.context) if text else text

    def from_db_value(
        self, value: str | None, _expression: object, _connection: BaseDatabaseWrapper
    ) -> str | None:
        return crypto.decrypt(value, context=self.context) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> Any:
        return None
