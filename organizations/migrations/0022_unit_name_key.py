from typing import Any

from django.db import migrations, models

from organizations.naming import name_key

CHUNK = 500


def fill_keys(apps: Any, schema_editor: Any) -> None:
    """Fill in the keys; of namesakes in one community the first has it alone.

    The others keep their names and no key until somebody renames them; `verify` lists
    them.
    """
    units = apps.get_model("organizations", "Unit").objects.using(
        schema_editor.connection.alias
    )
    used: set[tuple[int, str]] = set()
    rows = list(units.only("pk", "name", "host_id").order_by("pk"))
    for unit in rows:
        key = name_key(unit.name)
        unit.name_key = None if (unit.host_id, key) in used else key
        used.add((unit.host_id, key))
    units.bulk_update(rows, ["name_key"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0021_unit_sound"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="name_key",
            field=models.CharField(editable=False, max_length=160, null=True),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
        migrations.RemoveConstraint(model_name="unit", name="unit_name_once_per_host"),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("host", "name_key"),
                name="unit_name_once_per_host",
                violation_error_message="This community already has a unit of that name.",
            ),
        ),
    ]
