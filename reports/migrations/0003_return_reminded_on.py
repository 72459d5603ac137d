from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_days_in_our_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="monthlyreturn",
            name="reminded_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="reminded on"
            ),
        ),
    ]
