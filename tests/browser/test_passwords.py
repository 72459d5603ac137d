"""The button beside a password shows what was typed, and hides it again."""

import pytest

from tests.factories.accounts import PASSWORD, UserFactory

FIELD = "#id_password"


def kind(page):
    """How the field shows what is typed: `text` or `password`."""
    return page.get_attribute(FIELD, "type")


@pytest.mark.parametrize("device", ["phone", "desk"])
def test_a_typed_password_is_shown_and_hidden_by_its_button(
    device, request, live_server
):
    page = request.getfixturevalue(device)
    page.goto(f"{live_server.url}/sign-in/")
    page.fill(FIELD, PASSWORD)
    hidden = kind(page)

    page.get_by_role("button", name="显示密码").click()
    shown = kind(page), page.input_value(FIELD)
    page.get_by_role("button", name="隐藏密码").click()

    assert (hidden, shown, kind(page)) == ("password", ("text", PASSWORD), "password")


def test_a_shown_password_is_hidden_before_it_is_sent(desk, live_server, db):
    person = UserFactory()
    desk.goto(f"{live_server.url}/sign-in/")
    desk.fill("#id_username", person.username)
    desk.fill(FIELD, PASSWORD)
    desk.get_by_role("button", name="显示密码").click()
    kinds = []

    def note(shown_as):
        kinds.append(shown_as)

    desk.expose_function("note", note)
    desk.evaluate(
        "document.querySelector('#id_password').form.addEventListener('submit', () =>"
        " note(document.querySelector('#id_password').type))"
    )

    desk.get_by_role("button", name="登录", exact=True).click()
    desk.wait_for_url(lambda url: "sign-in" not in url)

    assert kinds == ["password"]
