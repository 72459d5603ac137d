from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_apart_and_no_phones"),
    ]

    operations = [
        migrations.AddField(
            model_name="idempotencyrecord",
            name="digest",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="digest",
            ),
            preserve_default=False,
        ),
    ]
