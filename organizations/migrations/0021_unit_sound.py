from typing import Any

from django.db import migrations, models

from core.pinyin import search_key

CHUNK = 500


def fill_sounds(apps: Any, _editor: Any) -> None:
    units = apps.get_model("organizations", "Unit").objects
    rows = list(units.filter(sound="").only("pk", "name"))
    for row in rows:
        row.sound = search_key(row.name)
    units.bulk_update(rows, ["sound"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0020_quarter_thresholds"),
    ]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="sound",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=200
            ),
        ),
        migrations.RunPython(fill_sounds, migrations.RunPython.noop, elidable=True),
    ]
