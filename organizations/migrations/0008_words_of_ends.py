"""Name the days of different ends by words of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0007_transfer_due_months"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organization",
            name="ended_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="dissolved on"
            ),
        ),
        migrations.AlterField(
            model_name="unit",
            name="ended_on",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="off the register since",
            ),
        ),
    ]
