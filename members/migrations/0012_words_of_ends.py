"""Name the days of different ends by words of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_lost_contacts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="ending",
            name="ended_on",
            field=models.DateField(verbose_name="taken off the rolls on"),
        ),
    ]
