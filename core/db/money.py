"""Numbers with two decimals as a column: whole hundredths in the database.

Amounts of money are the most common: whole fen in the database, yuan in Python.
"""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator
from django.db import migrations, models
from django.db.models.expressions import Combinable, register_combinable_fields
from django.utils.translation import gettext_lazy as _

DIGITS, DECIMALS = 15, 2


class HundredthsField(models.Field):
    """A number with two decimals, stored as a whole number of hundredths.

    SQLite stores decimals as floating point; whole numbers are exact on both databases.
    The column is no `IntegerField`: arithmetic with other numbers has no type and is
    refused by Django, instead of mixing fen with yuan.
    """

    description = _("Number with two decimals")

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
            raise ValidationError(_("This is not a number.")) from error

    def from_db_value(self, value: int | None, *_context: Any) -> Decimal | None:
        """Return the number with both decimals."""
        return None if value is None else Decimal(value).scaleb(-DECIMALS)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        amount = self.to_python(value)
        fen = 0 if amount is None else amount.scaleb(DECIMALS)
        if fen != int(fen):
            raise ValueError(f"{value} is not a whole number of hundredths")
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


class MoneyField(HundredthsField):
    """Yuan with two decimals, stored as a whole number of fen."""

    description = _("Amount of money")


for _connector in (Combinable.ADD, Combinable.SUB):
    for _field in (MoneyField, HundredthsField):
        register_combinable_fields(_field, _connector, _field, _field)


class StoreHundredths(migrations.AlterField):
    """Turn a column of decimals into one of whole hundredths, with the rows it has.

    Constraints over the column have to be taken off before and put on again after.
    """

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        table = schema_editor.quote_name(model._meta.db_table)
        column = schema_editor.quote_name(self.name)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bigint"
                f" USING round({column} * 100)::bigint"
            )
            return
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        schema_editor.execute(
            f"UPDATE {table} SET {column} = CAST(round({column} * 100) AS INTEGER)"  # noqa: S608 # names of our own
        )
