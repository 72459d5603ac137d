"""The shortcuts of the test client leave behind what the real way leaves."""

from django.test import Client

from tests.client import Browser


def test_a_quick_session_holds_what_signing_in_leaves(secretary):
    quick, real = Browser(), Client()

    quick.force_login(secretary)
    real.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    assert {*quick.session.items()} == {*real.session.items()}


def test_a_quick_session_is_that_of_the_user(secretary, client):
    client.force_login(secretary)

    answer = client.get("/desk/")

    assert answer.context["user"] == secretary
