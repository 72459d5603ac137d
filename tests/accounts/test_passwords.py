"""The rules for passwords: one verdict, whichever way the password is set."""

import datetime as dt
import getpass
import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.actions import issue_slip, set_password
from accounts.errors import PasswordTooWeak
from accounts.models import FormerPassword, User
from accounts.passwords.validators import common_passwords
from core.identity import check_character
from organizations.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory, holder
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import CommunityFactory

LATIN = re.compile("[A-Za-z]{2,}")
PHONE = "13800138000"
IDENTITY = f"11010119850312001{check_character('11010119850312001')}"
OLDER = "an older one entirely"
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
# By the rule that refuses each, where several do the first one.
REFUSED = {
    "MinimumLengthValidator": ["tall-green", "vT9#kq2LxPz"],
    "NumericPasswordValidator": ["482915037264", "４８２９１５０３７２６４"],
    "NotCommon": [
        "password2024",
        "P@ssw0rd2024!",
        "2024-Password!",
        "p.a.s.s.w.o.r.d.1",
        "woaini1314520",
        "iloveyou1314520",
        "Administrator@1",
        "gongchandang1921",
        "woaizuguo1949!!",
        "WoMen_Ai_ZhongGuo7",
        "zhongguojiayou@2026",
        "buwangchuxin-1921x",
    ],
    "NoPattern": [
        "asdfghjkl123",
        "1qaz2wsx3edc",
        "!QAZ2wsx#EDC",
        "zaq1!xsw2@cde3",
        "qazwsxedcrfv",
        "abcdefghijkl",
        "poiuytrewq098",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "Kx7-Kx7-Kx7-Kx7",
        "wo13912345678",
    ],
    "NothingPersonal": [
        "Changan@2024",
        "ＣｈａｎｇＡｎ＠２０２４",
        "ch4ng4n-2024-xx",
        "naGnahC@2024",
        "ChangAnJieDao24",
        "长安街道二〇二四年的春天里",
        "Linjiang#2025!",
        "jiedao-demo-2026",
        "ilovedangjian99",
        "zhangwei-2000-x",
        "Zhang.Wei@1985",
        "zhang1wei2000",
        "weizhang2024!!",
        "lzhangwei8888x",
        "张伟很喜欢这座小小的旧院子",
        "zw@2024#8876!!",
        "sunny-19850312",
        "sunny-1985-3-12",
        "85年03月12日晴天真好呀",
        "12mar1985-home",
        "120385-sunny-x",
        "sunny-0312-moon",
        "sunny-138-0013-8000",
        "sunny-138000-x",
        "zhangwei85-tree",
        "zw20260101!!abc",
        "cajd@2026#zw1",
        "zwcajd-8876-5521",
    ],
}
TABLE = [
    (rule, password) for rule, passwords in REFUSED.items() for password in passwords
]
ACCEPTED = [
    "correct-horse-battery",
    "tall-green-lantern-7",
    "vT9#kq2LxPz!w7",
    "紫藤花开满了旧院墙角落边",
    "lamp fox orbit sugar",
    "n" + "quiet yellow bicycles in a barn, " * 2 + "and one blue kettle",
]


@pytest.fixture
def member(branch):
    """张伟, born on 12 March 1985, of a branch of 长安街道 in 临江市."""
    return MemberFactory(
        name="张伟",
        organization=branch,
        phone=PHONE,
        birth_date=dt.date(1985, 3, 12),
        id_number=IDENTITY,
    )


@pytest.fixture
def person(member):
    user = account_of(member)
    User.objects.filter(pk=user.pk).update(username="zhangwei85")
    return set_password(User.objects.get(pk=user.pk), password=PASSWORD)


def verdicts(passwords, set_it):
    """Return the passwords that a way of setting one accepts."""
    return [password for password in passwords if set_it(password)]


def try_action(person, password):
    try:
        set_password(person, password=password)
    except PasswordTooWeak:
        return False
    return True


def try_own_page(client, person, password):
    set_password_back(person, OLDER)
    client.force_login(person)
    sent = {"old_password": OLDER, "new_password1": password}
    answer = client.post(reverse("accounts:password"), sent)
    if answer.status_code == 200:
        assert answer.context["form"].errors["new_password1"]
    return User.objects.get(pk=person.pk).check_password(password)


def try_slip(client, person, password):
    client.logout()
    _slip, code = issue_slip(person, by=None)
    sent = {"code": code, "name": "张伟", "proof": IDENTITY[-4:], "password1": password}
    answer = client.post(reverse("accounts:activate"), sent)
    if answer.status_code == 200:
        assert list(answer.context["form"].errors) == ["password1"]
    return User.objects.get(pk=person.pk).check_password(password)


def try_command(monkeypatch, person, password):
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: password)
    try:
        call_command("changepassword", person.username, verbosity=0)
    except CommandError:
        return False
    return User.objects.get(pk=person.pk).check_password(password)


def set_password_back(person, password):
    """Give the person a password without asking the rules, and forget the others."""
    person.set_password(password)
    person.save(update_fields=["password"])
    FormerPassword.objects.filter(user=person).delete()


def test_each_rule_is_tried():
    rules = {
        rule["NAME"].rpartition(".")[2] for rule in settings.AUTH_PASSWORD_VALIDATORS
    }

    assert rules == {*REFUSED, "NotUsedBefore"}


def test_each_password_of_the_table_is_refused_by_its_rule(person):
    broken = {}
    for _rule, password in TABLE:
        broken[password] = []
        for validator in get_default_password_validators():
            try:
                validator.validate(password, person)
            except ValidationError:
                broken[password].append(type(validator).__name__)

    assert [
        (rule, password) for rule, password in TABLE if rule not in broken[password]
    ] == []


def test_long_passphrases_and_random_ones_are_accepted(person):
    set_password_back(person, OLDER)

    for password in ACCEPTED:
        validate_password(password, person)

    assert max(len(password) for password in ACCEPTED) > 64


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("Danguishequ2026!", True),
        ("dangui-2026-sunny", True),
        ("hongyanlu-2026-sunny", False),
    ],
)
def test_names_of_places_below_one_s_own_are_known(street, password, refused):
    CommunityFactory(parent=street, name="丹桂社区")
    staff = holder(Role.STREET_STAFF, street)
    set_password_back(staff, OLDER)

    assert try_action(staff, password) is not refused


@pytest.mark.parametrize("way", ["action", "own page", "slip", "command"])
def test_every_way_to_set_a_password_has_the_same_verdict(
    client, person, monkeypatch, way
):
    ways = {
        "action": lambda password: try_action(person, password),
        "own page": lambda password: try_own_page(client, person, password),
        "slip": lambda password: try_slip(client, person, password),
        "command": lambda password: try_command(monkeypatch, person, password),
    }
    passwords = [password for _rule, password in TABLE]

    set_password_back(person, OLDER)

    assert verdicts([*passwords, *ACCEPTED], ways[way]) == ACCEPTED


def test_there_is_no_superuser_to_be_made_with_any_password(db):
    with pytest.raises(CommandError, match="bootstrap"):
        call_command("createsuperuser", "--username", "root", "--noinput")

    assert User.objects.count() == 0


def test_the_list_of_common_passwords_is_long():
    common = common_passwords()

    assert len(common) >= 10_000
    assert {"woaini1314", "iloveyou", "wodemima"} <= common


def test_the_last_five_passwords_are_not_used_again(person):
    used = [
        f"{word}-lantern-in-rain" for word in ("red", "blue", "grey", "pink", "gold")
    ]
    for password in used:
        set_password(person, password=password)

    again = verdicts([*used, PASSWORD], lambda one: try_action(person, one))

    assert again == [PASSWORD]
    assert person.former_passwords.count() == settings.PASSWORDS_REMEMBERED


def test_what_the_history_keeps_is_no_password(person):
    kept = str(list(FormerPassword.objects.values_list("hash", flat=True)))

    assert PASSWORD not in kept


@pytest.mark.parametrize(
    "password", [password for _rule, password in TABLE][::4], ids=lambda text: text[:6]
)
def test_the_first_sign_in_says_in_chinese_why_a_password_is_refused(
    client, db, password
):
    sent = {"code": "x", "name": "wanghaifeng", "proof": "1234"}

    answer = client.post(reverse("accounts:activate"), sent | {"password1": password})

    said = answer.context["form"].errors.get("password1", [])
    assert [LATIN.findall(line) for line in said] == [[]] * len(said)


def test_changing_it_says_in_chinese_why_a_password_is_refused(client, person):
    client.force_login(person)
    said = {}
    for rule, (password, *_others) in REFUSED.items():
        sent = {"old_password": PASSWORD, "new_password1": password}
        answer = client.post(reverse("accounts:password"), sent)
        said[rule] = answer.context["form"].errors["new_password1"]

    assert [LATIN.findall(line) for lines in said.values() for line in lines] == [
        []
    ] * len(REFUSED)
    assert all("另选一个密码" in line for lines in said.values() for line in lines)


def test_a_wrong_old_password_changes_nothing(client, person):
    client.force_login(person)
    sent = {"old_password": "not-this-one-7", "new_password1": ACCEPTED[1]}

    answer = client.post(reverse("accounts:password"), sent)

    assert list(answer.context["form"].errors) == ["old_password"]
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


@pytest.mark.parametrize("page", ["accounts:sign_in", "accounts:activate"])
def test_a_password_is_typed_once_and_can_be_shown(client, db, page):
    content = client.get(reverse(page)).content.decode()

    assert content.count('type="password"') == 1
    assert content.count('data-show="显示密码"') == 1
    assert "accounts/password.js" in content


def test_no_change_is_asked_for_by_default(client, person):
    with time_machine.travel(NOON, tick=False) as clock:
        set_password(person, password=ACCEPTED[1])
        clock.shift(dt.timedelta(days=400))
        client.force_login(person)

        assert client.get(reverse("accounts:notices")).status_code == 200


def test_where_a_change_is_asked_for_the_password_page_alone_is_open(
    client, east, settings
):
    settings.PASSWORD_MAX_AGE_DAYS = 90
    person = holder(Role.SECRETARY, east)
    with time_machine.travel(NOON, tick=False) as clock:
        set_password(person, password=ACCEPTED[1])
        clock.shift(dt.timedelta(days=91))
        client.force_login(person)
        led = client.get(reverse("members:list"))
        sent = {"old_password": ACCEPTED[1], "new_password1": ACCEPTED[4]}
        client.post(reverse("accounts:password"), sent)

        assert led.headers["Location"] == reverse("accounts:password")
        assert client.get(reverse("members:list")).status_code == 200


def test_a_username_alone_is_known_before_the_account_is(client, db):
    UserFactory(username="qiuyue-chen")
    sent = {"code": "x", "name": "", "proof": "qiuyue-chen"}

    answer = client.post(
        reverse("accounts:activate"), sent | {"password1": "QiuyueChen-2026"}
    )

    assert answer.context["form"].errors["password1"]
