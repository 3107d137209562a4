"""The form of keys: random, recognised, and typing faults told."""

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from app.partners.key_format import ALPHABET, KEY_BITS, digest_key, format_key, holds_key, is_well_formed, make_key

SCANNER_PATTERN = re.compile(r"thoracic_[0-9A-Za-z]{49}")
"""As docs/partners.md gives it."""


@given(st.integers(0, 2**KEY_BITS - 1), st.integers(9, 57), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number: int, place: int, character: str) -> None:
    key = format_key(number)
    assert SCANNER_PATTERN.fullmatch(key)
    assert is_well_formed(key)
    wrong = key[:place] + character + key[place + 1 :]
    assert is_well_formed(wrong) is (wrong == key)


@given(st.text(string.ascii_letters + string.digits + "_ é\n", max_size=80))
def test_other_texts_are_no_keys(text: str) -> None:
    assert not is_well_formed(text)
    assert not is_well_formed("thoracic_" + text)


def read_number(key: str) -> int:
    return sum(ALPHABET.index(digit) * 62**place for place, digit in enumerate(reversed(key[9:-6])))


def test_keys_hold_256_bits_that_nobody_can_guess() -> None:
    keys = {make_key() for _ in range(200)}
    assert len(keys) == 200
    numbers = [
        sum(ALPHABET.index(digit) * 62**place for place, digit in enumerate(reversed(key[9:-6]))) for key in keys
    ]
    assert max(numbers).bit_length() > KEY_BITS - 6
    assert max(numbers) < 2**KEY_BITS
    ones = sum(number.bit_count() for number in numbers) / len(numbers)
    assert abs(ones - KEY_BITS / 2) < 6  # ten standard deviations of the mean


def test_a_key_is_found_in_an_address_however_it_is_written() -> None:
    key = make_key()
    for path, query in ((f"/v1/{key}", b""), ("/", f"a={key}".encode()), ("/", f"a={key[:30]}".encode())):
        assert holds_key(path, query)
    assert holds_key("/", ("a=" + "".join(f"%{ord(letter):02x}" for letter in key)).encode())
    assert not holds_key("/v1/exercises", b"q=thoracic_rotation&goal=thoracic")


def test_a_digest_is_the_sha_256_of_the_whole_key() -> None:
    assert digest_key("thoracic_a") == "3d2f167b6ab2c265db3490b555ae067d7b286c7ac661fa958d586c75ece5d907"
