"""What is locked is read with the keys and with nothing else."""

import pytest
from cryptography.fernet import InvalidToken

from apps.kernel import vault

OLD, NEW = "old-key-" * 8, "new-key-" * 8


def test_what_is_locked_is_unreadable_and_comes_back(settings):
    settings.DATA_KEYS = [OLD]
    locked = vault.lock("0001234567", purpose="number")
    assert b"0001234567" not in locked
    assert locked != vault.lock("0001234567", purpose="number")
    assert vault.unlock(locked, purpose="number") == "0001234567"


def test_the_first_key_locks_and_all_of_them_open(settings):
    settings.DATA_KEYS = [OLD]
    locked = vault.lock("0001234567", purpose="number")

    settings.DATA_KEYS = [NEW, OLD]
    assert vault.unlock(locked, purpose="number") == "0001234567"
    later = vault.lock("0001234567", purpose="number")

    settings.DATA_KEYS = [NEW]
    assert vault.unlock(later, purpose="number") == "0001234567"
    with pytest.raises(InvalidToken):
        vault.unlock(locked, purpose="number")


def test_what_was_locked_for_one_purpose_is_not_opened_for_another():
    with pytest.raises(InvalidToken):
        vault.unlock(vault.lock("0001234567", purpose="number"), purpose="other")


def test_a_fingerprint_is_the_same_for_the_same_text_and_key_only(settings):
    settings.DATA_KEYS = [OLD]
    found = vault.fingerprint("0001234567", purpose="number")
    assert found == vault.fingerprint("0001234567", purpose="number")
    assert found != vault.fingerprint("0001234568", purpose="number")
    assert found != vault.fingerprint("0001234567", purpose="other")

    settings.DATA_KEYS = [NEW, OLD]
    assert vault.fingerprint("0001234567", purpose="number") != found
    assert vault.fingerprints("0001234567", purpose="number")[1] == found
