"""Repetitions, walks over the keyboard, and sequences."""

import re
from itertools import pairwise

from accounts.passwords.spelling import fold_password, read_digits, squeeze

ROWS = ("`1234567890-=", "qwertyuiop[]\\", "asdfghjkl;'", "zxcvbnm,./")
SHIFTED = str.maketrans('~!@#$%^&*()_+{}|:"<>?', "`1234567890-=[]\\;',./")
KEYS = {key: (row, at) for row, keys in enumerate(ROWS) for at, key in enumerate(keys)}
SHORTEST_RUN = 3
FEWEST_LEFT = 6
FEWEST_CHARACTERS = 5
MOBILE = re.compile(r"1[3-9]\d{9}")


def is_repetition(password: str) -> bool:
    """Whether the password is few characters, or one piece again and again."""
    text = squeeze(password) or fold_password(password)
    if len(set(text)) < FEWEST_CHARACTERS:
        return True
    periods = range(1, len(text) // 2 + 1)
    return any(text[period:] == text[:-period] for period in periods)


def are_neighbours(first: str, second: str) -> bool:
    """Whether two keys lie side by side, or two characters follow each other."""
    if first.isalnum() and second.isalnum() and abs(ord(first) - ord(second)) <= 1:
        return True
    if first not in KEYS or second not in KEYS:
        return first == second
    (row, at), (other_row, other_at) = KEYS[first], KEYS[second]
    return abs(row - other_row) <= 1 and abs(at - other_at) <= 1


def is_walk(password: str) -> bool:
    """Whether little is left of the password without walks over the keyboard.

    abcdef, 98765, qwerty, 1qaz2wsx and poiuyt are walks.
    """
    text = fold_password(password).translate(SHIFTED)
    walked, run = 0, 1
    for first, second in pairwise(text):
        if are_neighbours(first, second):
            run += 1
            continue
        walked += run if run >= SHORTEST_RUN else 0
        run = 1
    walked += run if run >= SHORTEST_RUN else 0
    return len(text) - walked < max(FEWEST_LEFT, len(text) * 0.4)


def is_mobile_number(password: str) -> bool:
    """Whether the password is somebody's mobile number and hardly more."""
    if MOBILE.search(read_digits(password)) is None:
        return False
    letters = [c for c in squeeze(password) if not c.isdecimal()]
    return len(letters) < FEWEST_LEFT
