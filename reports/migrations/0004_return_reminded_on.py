from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_reported_not_negative"),
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
