from contextlib import suppress
from itertools import islice
from typing import Any

from django.db import migrations, models

import core.pinyin
from core.errors import DomainError
from core.names import clean_person_name
from core.pinyin import search_key, sort_key

CHUNK = 500


def rebuild_keys(apps: Any, schema_editor: Any) -> None:
    """Clean the names of before, and build the keys that are made of them."""
    members = apps.get_model("members", "Member").objects.using(
        schema_editor.connection.alias
    )
    rows = members.only("pk", "name").order_by("pk").iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        for member in chunk:
            with suppress(DomainError):  # what is no name stays as it was entered
                member.name = clean_person_name(member.name)
            member.sound = search_key(member.name)
            member.sort_key = sort_key(member.name)
        members.bulk_update(chunk, ["name", "sound", "sort_key"], batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="member",
            options={
                "ordering": ["sort_key", "pk"],
                "verbose_name": "member",
                "verbose_name_plural": "members",
            },
        ),
        migrations.AddField(
            model_name="member",
            name="sort_key",
            field=core.pinyin.SortKeyField(
                blank=True, db_index=True, editable=False, max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="sound",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.RunPython(rebuild_keys, migrations.RunPython.noop, elidable=True),
    ]
