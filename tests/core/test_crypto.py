"""Encryption at rest and blind indexes."""

import base64

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import FieldError
from django.db import connection

from core.crypto import blind_index, decrypt, encrypt
from members.models import Member
from tests.factories.members import MemberFactory

NEW_KEY = f"new:{base64.b64encode(b'n' * 32).decode()}"


def test_an_encrypted_text_is_decrypted_for_its_own_place_only():
    sealed = encrypt("231002195503120012", context="members.id")

    assert decrypt(sealed, context="members.id") == "231002195503120012"
    with pytest.raises(InvalidTag):
        decrypt(sealed, context="members.phone")


def test_encrypting_a_text_twice_gives_different_results():
    assert encrypt("a", context="p") != encrypt("a", context="p")


def test_old_texts_are_decrypted_after_key_rotation(settings):
    sealed = encrypt("a", context="p")

    settings.FIELD_KEYS = [NEW_KEY, *settings.FIELD_KEYS]

    assert decrypt(sealed, context="p") == "a"
    assert encrypt("a", context="p").startswith("1$new$")


def test_a_blind_index_depends_on_its_purpose():
    assert blind_index("1", purpose="a") != blind_index("1", purpose="b")


def test_the_database_never_holds_the_number_itself(db):
    member = MemberFactory()

    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number, phone FROM members_member")
        stored = "".join(cursor.fetchone())

    assert member.id_number not in stored
    assert member.phone not in stored
    assert Member.objects.get().id_number == member.id_number


@pytest.mark.parametrize("lookup", ["exact", "startswith", "contains", "gt", "in"])
def test_an_encrypted_column_has_no_lookup_but_isnull(db, lookup):
    MemberFactory()

    with pytest.raises(FieldError):
        list(Member.objects.filter(**{f"phone__{lookup}": ["1"]}))
    assert Member.objects.filter(phone__isnull=False).count() == 1
