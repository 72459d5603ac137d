"""What a test's settings leave behind for the people of the next."""

import pytest
from django.test import override_settings

from tests.factories.accounts import PASSWORD, UserFactory

HASHERS = "django.contrib.auth.hashers.{}"


@pytest.mark.django_db
def test_people_sign_in_whatever_hashers_an_earlier_test_had_in_force():
    for name in ("PBKDF2PasswordHasher", "ScryptPasswordHasher"):
        with override_settings(PASSWORD_HASHERS=[HASHERS.format(name)]):
            assert UserFactory().check_password(PASSWORD)

    assert UserFactory().check_password(PASSWORD)
