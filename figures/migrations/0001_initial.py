import django.db.models.deletion
from django.db import migrations, models

import core.db.tree


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "path",
                    core.db.tree.PathField(
                        max_length=60, verbose_name="path in that month"
                    ),
                ),
                ("month", models.DateField(verbose_name="month")),
                (
                    "indicator",
                    models.CharField(max_length=40, verbose_name="indicator"),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("own", "The organization's own"),
                            ("subtree", "The organization and all below it"),
                        ],
                        max_length=10,
                        verbose_name="counted over",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, max_digits=16, verbose_name="value"
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="organizations.organization",
                        verbose_name="organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ["-month", "path", "indicator"],
                "indexes": [
                    models.Index(
                        fields=["month", "indicator", "path"], name="figure_subtree"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "month", "indicator", "tier"),
                        name="figure_once",
                        violation_error_message="The figure is counted already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)),
                        name="figure_is_of_a_month",
                        violation_error_message="A month is written by its first day.",
                    ),
                ],
            },
        ),
    ]
