"""An installation is set up from one file, in the format that the how-to describes."""

import json

import pytest
from django.core.management import CommandError, call_command

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


@pytest.mark.django_db
def test_slips_are_written_for_their_owner_alone_and_over_no_other_file(
    tmp_path, capsys
):
    path, slips = tmp_path / "world.json", tmp_path / "slips.txt"
    path.write_text(json.dumps(WORLD), encoding="utf-8")
    call_command("bootstrap", path, slips=slips)
    written = slips.read_text()
    other = json.dumps(WORLD).replace("LJ", "XX").replace("zhaomin", "other")
    path.write_text(other.replace("YQ", "YY"), encoding="utf-8")

    with pytest.raises(CommandError, match="Nothing was set up"):
        call_command("bootstrap", path, slips=slips)

    assert written.startswith("zhaomin\t")
    assert (slips.stat().st_mode & 0o777, slips.read_text()) == (0o600, written)
    assert capsys.readouterr().out == ""
    assert RoleAssignment.objects.count() == 1
