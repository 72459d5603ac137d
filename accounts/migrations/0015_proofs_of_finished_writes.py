"""Give every finished write its keyed proof."""

from typing import Any

from django.db import migrations, models

from accounts.finished_writes import proof_of

CHUNK = 2000


def prove(apps: Any, _schema_editor: Any) -> None:
    """Prove the rows of before as they stand."""
    records = apps.get_model("accounts", "IdempotencyRecord").objects
    changed = []
    for record in records.order_by("pk").iterator(CHUNK):
        record.proof = proof_of(record)
        changed.append(record)
    records.bulk_update(changed, ["proof"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_digests_of_finished_writes")]

    operations = [
        migrations.AddField(
            model_name="idempotencyrecord",
            name="proof",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=64,
                verbose_name="proof",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(prove, migrations.RunPython.noop),
    ]
