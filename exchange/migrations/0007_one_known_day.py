"""Number the one row of the known day by itself, not by a sequence it never asks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0006_list_exports")]

    operations = [
        migrations.AlterField(
            model_name="knownday",
            name="id",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, primary_key=True, serialize=False
            ),
        ),
    ]
