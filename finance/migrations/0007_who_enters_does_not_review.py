"""Who enters a voucher does not review it; what was signed before holds."""

from django.conf import settings
from django.db import migrations, models

OLD_RULE = "reviewed while who entered it might do so"

# Posted vouchers are frozen: the new column's first default marks them, and one
# statement takes the mark off all others that somebody else reviewed, or nobody yet.
UNMARK = """
UPDATE finance_voucher SET reviewed_by_old_rule = FALSE
WHERE state <> 'posted' AND (reviewed_by_id IS NULL OR reviewed_by_id <> entered_by_id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0006_constraints_of_payment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="voucher",
            name="reviewed_by_old_rule",
            field=models.BooleanField(
                default=True, editable=False, verbose_name=OLD_RULE
            ),
        ),
        migrations.AlterField(
            model_name="voucher",
            name="reviewed_by_old_rule",
            field=models.BooleanField(
                default=False, editable=False, verbose_name=OLD_RULE
            ),
        ),
        migrations.RunSQL(UNMARK, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="voucher",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None),
                    ("reviewed_by_old_rule", True),
                    models.Q(("reviewed_by", models.F("entered_by")), _negated=True),
                    _connector="OR",
                ),
                name="voucher_enterer_does_not_review",
                violation_error_message="You entered this voucher yourself. Nothing was reviewed: another accountant must review it, or the secretary where there is no other.",
            ),
        ),
    ]
