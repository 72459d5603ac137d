"""Store figures as whole hundredths: SQLite kept decimals as floating point."""

from django.db import migrations

import core.db.money


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]

    operations = [
        core.db.money.StoreHundredths(
            model_name="figure",
            name="value",
            field=core.db.money.HundredthsField(verbose_name="value"),
        ),
    ]
