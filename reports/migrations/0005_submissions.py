"""Call a submission of a return a submission; nothing changes in the database."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0004_filings_and_bounds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="returnsubmission",
            options={
                "ordering": ["monthly_return", "number"],
                "verbose_name": "submission of a return",
                "verbose_name_plural": "submissions of a return",
            },
        ),
        migrations.AlterField(
            model_name="returnsubmission",
            name="has_changes",
            field=models.BooleanField(
                default=True,
                editable=False,
                verbose_name="says something else than the last submission",
            ),
        ),
        migrations.AlterField(
            model_name="returnsubmission",
            name="number",
            field=models.PositiveSmallIntegerField(
                editable=False, verbose_name="number of the submission"
            ),
        ),
        migrations.AlterConstraint(
            model_name="returnsubmission",
            name="returnsubmission_number_once",
            constraint=models.UniqueConstraint(
                fields=("monthly_return", "number"),
                name="returnsubmission_number_once",
                violation_error_message="The return was submitted in this moment.",
            ),
        ),
    ]
