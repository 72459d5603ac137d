"""An installation is set up from one file, in the format that the how-to describes."""

import json

import pytest
from django.core.management import call_command

from accounts.models import RoleAssignment
from organizations.roles import Role

WORLD = {
    "orgs": [
        {
            "code": "LJ",
            "level": "city",
            "name": "临江市",
            "full": "中共临江市委员会",
            "parent": None,
        },
        {
            "code": "YQ",
            "level": "street",
            "name": "云栖街道",
            "full": "中共临江市云栖街道工作委员会",
            "parent": "LJ",
        },
    ],
    "users": [
        {"login": "zhaomin", "role": "赵敏", "duty": "street_staff", "scope": "YQ"}
    ],
}


@pytest.mark.django_db
def test_a_file_gives_its_people_their_roles_and_slips(tmp_path, capsys):
    path = tmp_path / "world.json"
    path.write_text(json.dumps(WORLD), encoding="utf-8")

    call_command("bootstrap", path)

    assignment = RoleAssignment.objects.get(user__username="zhaomin")
    assert (assignment.role, assignment.organization.code) == (Role.STREET_STAFF, "YQ")
    assert capsys.readouterr().out.startswith("zhaomin\t")
