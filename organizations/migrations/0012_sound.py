from typing import Any

from django.db import migrations, models

from core.pinyin import search_key

CHUNK = 500


def fill_sounds(apps: Any, _editor: Any) -> None:
    organizations = apps.get_model("organizations", "Organization").objects
    rows = list(organizations.filter(sound="").only("pk", "name"))
    for row in rows:
        row.sound = search_key(row.name)
    organizations.bulk_update(rows, ["sound"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0011_place_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="sound",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=200
            ),
        ),
        migrations.RunPython(fill_sounds, migrations.RunPython.noop, elidable=True),
    ]
