"""Store the numbers of returns as whole hundredths, exact on both databases."""

from django.db import migrations, models

import core.db.money

OTHER_THAN_COMPUTED = (
    "returnline_differs_with_a_reason",
    "returnline_bounds",
    "returnline_reports_no_less_than_none",
)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_bounds")]

    operations = [
        *(
            migrations.RemoveConstraint(model_name="returnline", name=name)
            for name in OTHER_THAN_COMPUTED
        ),
        core.db.money.StoreHundredths(
            model_name="returnline",
            name="computed",
            field=core.db.money.HundredthsField(verbose_name="computed"),
        ),
        core.db.money.StoreHundredths(
            model_name="returnline",
            name="reported",
            field=core.db.money.HundredthsField(verbose_name="reported"),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported", models.F("computed")),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="returnline_differs_with_a_reason",
                violation_error_message="A number other than the computed one needs an explanation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("frozen", True),
                    ("reported", models.F("computed")),
                    ("reported__isnull", True),
                    ("reported__range", (0, 999999999999)),
                    _connector="OR",
                ),
                name="returnline_bounds",
                violation_error_message="A number is smaller than 0 or larger than 999,999,999,999. Nothing was saved: check the digits and the decimal point.",
            ),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reported", models.F("computed")),
                    ("reported__gte", 0),
                    _connector="OR",
                ),
                name="returnline_reports_no_less_than_none",
                violation_error_message="A number other than the computed one is 0 or more.",
            ),
        ),
    ]
