"""An expenditure counts on the day of its payment; so far on the voucher's own day."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import migrations, models


class AddCopy(migrations.AddField):
    """Add a column with the values of another one, in posted rows too.

    No row of a posted voucher can be updated. PostgreSQL writes the table anew while it
    alters the column's type, and SQLite has no triggers on a table just made anew.
    """

    source = "happened_on"

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        table = schema_editor.quote_name(model._meta.db_table)
        column, source = map(schema_editor.quote_name, (self.name, self.source))
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE {table} ALTER COLUMN {column} TYPE date USING {source}"
            )
            return
        schema_editor.execute(f"UPDATE {table} SET {column} = {source}")  # noqa: S608 # names of our own


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0004_fen_and_signatures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="voucher", name="voucher_counts_in_its_month"
        ),
        AddCopy(
            model_name="voucher",
            name="booked_on",
            field=models.DateField(
                default=dt.date(2000, 1, 1),
                editable=False,
                verbose_name="day it counts",
            ),
            preserve_default=False,
        ),
    ]
