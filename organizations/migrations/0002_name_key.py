from typing import Any

from django.db import migrations, models

from organizations.naming import name_key


def fill_keys(apps: Any, schema_editor: Any) -> None:
    """Fill in the keys; of open namesakes below one parent the first has it alone.

    The others keep their names and no key until somebody renames them; `verify` lists
    them.
    """
    nodes = apps.get_model("organizations", "Organization").objects.using(
        schema_editor.connection.alias
    )
    used: set[tuple[int | None, str]] = set()
    rows = list(nodes.only("pk", "name", "parent_id", "ended_on").order_by("pk"))
    for node in rows:
        key = name_key(node.name)
        place = (node.parent_id, key)
        node.name_key = None if place in used and node.ended_on is None else key
        if node.ended_on is None:
            used.add(place)
    nodes.bulk_update(rows, ["name_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="name_key",
            field=models.CharField(editable=False, max_length=120, null=True),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("parent", "name_key"),
                name="organization_name_once_per_parent",
                violation_error_message="Another organization below the same parent has this name. Nothing was saved: choose a name that tells them apart.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="organization",
            name="organization_only_the_city_has_no_parent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "city"), ("parent", None)),
                    models.Q(
                        ("parent__isnull", False),
                        models.Q(("kind", "city"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="organization_only_the_city_has_no_parent",
                violation_error_message="Only the city committee has no parent; every other organization needs one.",
            ),
        ),
    ]
