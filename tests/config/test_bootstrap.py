"""An installation is set up from one file, in the format that the how-to describes."""

import json

import pytest
from django.core.management import CommandError, call_command

from accounts.models import RoleAssignment, User
from core.identity import check_character
from organizations.models import Organization
from organizations.roles import INSTALLATION, Role

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


@pytest.fixture
def file_of(tmp_path):
    """Return a function that writes a file of an installation and returns its path."""

    def write(world):
        path = tmp_path / "world.json"
        path.write_text(json.dumps(world), encoding="utf-8")
        return path

    return write


def nothing_was_set_up():
    """Whether there is neither an organization nor an account."""
    return not (Organization.objects.exists() or User.objects.exists())


@pytest.mark.django_db
def test_slips_are_written_for_their_owner_alone(tmp_path, file_of, capsys):
    slips = tmp_path / "slips.txt"

    call_command("bootstrap", file_of(WORLD), slips=slips)

    assert slips.read_text().startswith("zhaomin\t")
    assert slips.stat().st_mode & 0o777 == 0o600
    assert capsys.readouterr().out == ""


@pytest.mark.django_db
def test_slips_are_written_over_no_other_file(tmp_path, file_of):
    slips = tmp_path / "slips.txt"
    slips.write_text("earlier", encoding="utf-8")

    with pytest.raises(CommandError, match="没有建立任何内容"):
        call_command("bootstrap", file_of(WORLD), slips=slips)

    assert slips.read_text() == "earlier"
    assert nothing_was_set_up()


@pytest.mark.django_db
def test_an_installation_that_is_not_empty_is_not_set_up_again(file_of):
    call_command("bootstrap", file_of(WORLD))
    other = json.loads(json.dumps(WORLD).replace("LJ", "XX").replace("YQ", "YY"))
    other["users"][0]["login"] = "other"

    with pytest.raises(CommandError, match="没有建立任何内容"):
        call_command("bootstrap", file_of(other))

    assert Organization.objects.count() == 2
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_a_kind_of_organization_that_does_not_exist_is_named(file_of):
    world = json.loads(json.dumps(WORLD).replace("street", "strt", 1))

    with pytest.raises(CommandError, match="（YQ）：“strt”不在可选项中：city"):
        call_command("bootstrap", file_of(world))

    assert nothing_was_set_up()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: world["orgs"].append(world["orgs"][1]),
        lambda world: world["users"].append(world["users"][0]),
        lambda world: world["orgs"][1].pop("name"),
        lambda world: world["users"][0].update(scope="NO"),
        lambda world: world["users"][0].update(duty="king"),
    ],
    ids=["code twice", "account twice", "no name", "no such scope", "no such duty"],
)
def test_what_is_wrong_with_the_file_is_said_and_nothing_kept(file_of, spoil):
    world = json.loads(json.dumps(WORLD))
    spoil(world)

    with pytest.raises(CommandError, match="没有建立任何内容"):
        call_command("bootstrap", file_of(world))

    assert nothing_was_set_up()


BODY, SECOND_BODY = "11010519880108001", "11010519880108003"
MEMBER = {
    "key": "m1",
    "name": "李明",
    "sex": "男",
    "id_number": BODY + check_character(BODY),
    "birth_date": "1988-01-08",
    "member_type": "正式党员",
    "category": "居民党员",
    "branch": "YQ101",
    "affiliated_on": "2020-01-01",
    "join_date": "2011-07-01",
    "full_member_date": "2012-07-01",
}


def world_with(member):
    """A file of a city down to one branch, and that member."""
    below = [
        {"code": "YQ1", "level": "community", "name": "丹桂社区", "parent": "YQ"},
        {"code": "YQ101", "level": "branch", "name": "丹桂一支部", "parent": "YQ1"},
    ]
    orgs = [*WORLD["orgs"], *({**row, "full": row["name"]} for row in below)]
    return {**WORLD, "orgs": orgs, "existing_members": [member, member]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id_number": "…"}, "身份证号码"),
        ({"birth_date": "1988/01/08"}, "“1988/01/08”不是 2011-07-01 式的日期"),
        ({"phone": "12"}, "手机号码"),
        ({"full_member_date": "2010-07-01"}, "转正时间早于入党时间"),
        ({"branch": "YQ999"}, "文件中没有 'YQ999'"),
        ({"sex": "M"}, "“M”不在可选项中"),
        ({"phones": "12"}, "有不认识的栏目 phones"),
    ],
)
def test_the_wrong_row_is_named(file_of, change, said):
    world = world_with(MEMBER)
    other = {"key": "m2", "id_number": SECOND_BODY + check_character(SECOND_BODY)}
    world["existing_members"][1] = {**MEMBER, **other, **change}

    with pytest.raises(CommandError, match="existing_members 第 2 行（m2）") as refused:
        call_command("bootstrap", file_of(world))

    assert said in str(refused.value)
    assert nothing_was_set_up()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoil",
    [
        lambda world: world.update(existing_member=[]),
        lambda world: world["orgs"][0].update(alias=[]),
        lambda world: world["users"][0].update(organization="YQ"),
        lambda world: world.update(closed_period=["2026-01"]),
    ],
)
def test_a_key_that_nothing_reads_is_refused(file_of, spoil):
    world = json.loads(json.dumps(WORLD))
    spoil(world)

    with pytest.raises(CommandError, match="不认识的栏目"):
        call_command("bootstrap", file_of(world))

    assert nothing_was_set_up()


@pytest.mark.django_db
def test_what_was_set_up_is_counted(file_of, capsys):
    call_command("bootstrap", file_of(WORLD))

    counted = "orgs 2, existing_members 0, users 1, closed_periods 0"
    assert counted in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, "", "{", "[1]"])
def test_a_file_that_cannot_be_read_is_said(tmp_path, content):
    path = tmp_path / "world.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(CommandError, match="没有建立任何内容"):
        call_command("bootstrap", path)


@pytest.mark.django_db
def test_roles_that_nobody_has_are_named(file_of, capsys):
    world = json.loads(json.dumps(WORLD))
    world["users"].append({"login": "anquan", "role": "何安", "duty": "security_admin"})

    call_command("bootstrap", file_of(world))

    said = capsys.readouterr().err
    assert [role for role in INSTALLATION if role in said] == [
        role for role in INSTALLATION if role != Role.SECURITY_ADMIN
    ]


@pytest.mark.django_db
def test_the_account_of_a_member_needs_no_name_of_its_own(file_of):
    world = world_with(MEMBER)
    world["existing_members"] = [MEMBER]
    world["users"] = [{"login": "liming", "duty": "member", "member": "m1"}]

    call_command("bootstrap", file_of(world))

    assert User.objects.get().username == "liming"
