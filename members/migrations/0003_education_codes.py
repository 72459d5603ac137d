"""Turn levels of education that imports wrote in words into codes."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from members.roster.education import find_education

BATCH = 1000


def read_words_as_codes(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write the code; words that no code means go to the remark, so none are lost."""
    items = apps.get_model("organizations", "CodeItem").objects
    labels = dict(items.filter(code_list="education").values_list("code", "label"))
    members = apps.get_model("members", "Member").objects
    longest = members.model._meta.get_field("remark").max_length or 0
    if not labels:
        return
    changed = []
    for member in members.exclude(education="").exclude(education__in=labels):
        code = find_education(member.education, labels)
        note = "；".join(filter(None, [member.remark, f"学历：{member.education}"]))
        if code:
            member.education = code
        elif len(note) <= longest:
            member.education, member.remark = "", note
        else:
            continue
        changed.append(member)
    members.bulk_update(changed, ["education", "remark"], batch_size=BATCH)


class Migration(migrations.Migration):
    """Only rows that stand in words are changed."""

    dependencies = [
        ("members", "0002_sort_key"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(read_words_as_codes, migrations.RunPython.noop),
    ]
