"""Amounts of money as a column: whole fen in the database, yuan in Python."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db import models
from django.db.models.expressions import Combinable, register_combinable_fields
from django.utils.translation import gettext_lazy as _

DIGITS, DECIMALS = 15, 2


class MoneyField(models.Field):
    """Yuan with two decimals, stored as a whole number of fen.

    SQLite stores decimals as floating point; whole numbers are exact on both databases.
    The column is no `IntegerField`: arithmetic with anything but money has no type and
    is refused by Django, instead of mixing fen with yuan.
    """

    description = _("Amount of money")

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    @cached_property
    def validators(self) -> list[Any]:
        return [*super().validators, DecimalValidator(DIGITS, DECIMALS)]

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError(_("This is not an amount of money.")) from error

    def from_db_value(self, value: int | None, *_context: Any) -> Decimal | None:
        """Return yuan with both decimals."""
        return None if value is None else Decimal(value).scaleb(-DECIMALS)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        amount = self.to_python(value)
        fen = 0 if amount is None else amount.scaleb(DECIMALS)
        if fen != int(fen):
            raise ValueError(f"{value} yuan is not a whole number of fen")
        return int(fen)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        form = {
            "form_class": forms.DecimalField,
            "max_digits": DIGITS,
            "decimal_places": DECIMALS,
        }
        return super().formfield(**{**form, **kwargs})


for _connector in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, _connector, MoneyField, MoneyField)
