import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from core import crypto


def test_what_was_encrypted_comes_back_and_is_not_readable() -> None:
    token = crypto.encrypt("mật khẩu")
    assert "mật" not in token
    assert token != crypto.encrypt("mật khẩu")
    assert crypto.decrypt(token) == "mật khẩu"
    assert crypto.decrypt("") == ""


def test_an_old_key_still_reads_and_rotation_moves_to_the_new_one(settings: Settings) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    token = crypto.encrypt("s")
    settings.FIELD_KEYS = [new, old]
    assert crypto.decrypt(token) == "s"
    moved = crypto.rotate(token)
    settings.FIELD_KEYS = [new]
    assert crypto.decrypt(moved) == "s"
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(token)


def test_tampered_text_and_a_missing_key_are_refused(settings: Settings) -> None:
    token = crypto.encrypt("s")
    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(token[:-4] + "AAAA")
    settings.DEMO = False
    with pytest.raises(crypto.Unreadable):
        crypto.encrypt("s")
