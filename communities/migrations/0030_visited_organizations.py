from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_what_was_visited(apps: Any, _editor: Any) -> None:
    """Let each visit name the organization of the place to which it was made."""
    places = apps.get_model("communities", "ServedPlace").objects
    place = places.filter(pk=OuterRef("place")).order_by().values("organization")[:1]
    visits = apps.get_model("communities", "Visit").objects
    visits.filter(organization=None).update(organization=Subquery(place))


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0029_visits_to_anybody"),
    ]

    operations = [
        migrations.RunPython(
            name_what_was_visited, migrations.RunPython.noop, elidable=True
        ),
    ]
