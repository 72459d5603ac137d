"""Replace our rules' numbers by their names in the bases that people read."""

from typing import Any

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace

NAMES = {
    "R-60": "《关于中国共产党党费收缴、使用和管理的规定》",
    "R-65 负面清单": "服务群众专项经费使用规定（负面清单）",
    "R-65": "服务群众专项经费使用规定",
}


def name_rules(apps: Any, _schema_editor: Any) -> None:
    """Name the rule in every stored basis that has its number."""
    uses = apps.get_model("finance", "FundUse").objects
    for number, name in NAMES.items():
        rows = uses.filter(basis__startswith=number)
        rows.update(basis=Replace(F("basis"), Value(number), Value(name)))


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0002_plain_messages"),
    ]

    operations = [migrations.RunPython(name_rules, migrations.RunPython.noop)]
