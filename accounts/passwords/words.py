"""How names sound in Latin letters, and which words a person is surrounded by."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from accounts.passwords.spelling import fold_password, letters_of, squeeze
from core.names import HAS_IDEOGRAPH
from core.pinyin import SURNAMES

MOST_READINGS = 24
LONG_WORD = 5
SHORT_WORD = 2
FEWEST_LETTERS = 6
LETTERS = re.compile(r"[^\W\d_]+")
COMPOUND_SURNAMES = 2
# What a place is called by when people leave out what kind of place it is.
KINDS = re.compile(
    r"(?:党工委|工作委员会|委员会|党委|党总支|总支部?|党支部|支部|街道|办事处|社区|居委会"
    r"|村|镇|乡|园区|开发区|新区|区|县|市|省|中学|小学|医院|公司)+$"
)
SPELLINGS_OF_V = ("v", "u", "yu")


@lru_cache(maxsize=4096)
def sounds_of(character: str) -> tuple[str, ...]:
    """Return the ways to write a character's sounds in Latin letters, pinyin first."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- at the first password

    if not HAS_IDEOGRAPH.match(character):
        return (squeeze(character),)
    sounds = [
        squeeze(sound).replace("ü", "v").replace("v", vowel)
        for style in (Style.NORMAL, Style.WADEGILES)
        for sound in pinyin(character, style=style, heteronym=True)[0]
        for vowel in SPELLINGS_OF_V
    ]
    return tuple(dict.fromkeys(sounds))


def romanise(text: str) -> set[str]:
    """Return how a text of Chinese characters is written in Latin letters."""
    parts = [sounds_of(character) for character in text if character.isalnum()]
    readings = zip(range(MOST_READINGS), product(*parts), strict=False)
    return {"".join(reading) for _number, reading in readings}


def initials(text: str) -> str:
    """Return the first letters of the sounds."""
    return "".join(sounds_of(c)[0][:1] for c in text if c.isalnum())


def read_initials(text: str) -> set[str]:
    """Return the first letters of the sounds, in each way to read the characters.

    长安街道 is cajd for who lives there, and zajd for a dictionary.
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415 -- at the first password

    letters = [
        {squeeze(letter) for letter in read[0]}
        for c in text
        if HAS_IDEOGRAPH.match(c)
        for read in [pinyin(c, style=Style.FIRST_LETTER, heteronym=True)]
    ]
    readings = zip(range(MOST_READINGS), product(*letters), strict=False)
    return {"".join(reading) for _number, reading in readings} | {initials(text)}


@dataclass
class Words:
    """Words that a password must not be made of.

    A long one may not stand in a password at all, a short one may not be all there is
    beside digits and signs.
    """

    long: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)

    def add(self, *texts: str) -> None:
        """Add words; characters count for more than letters."""
        for text in texts:
            word = squeeze(text)
            if len(word) >= (SHORT_WORD if HAS_IDEOGRAPH.search(word) else LONG_WORD):
                self.long.add(word)
            elif len(word) >= SHORT_WORD:
                self.short.add(word)

    def add_person(self, name: str) -> None:
        """Add a person's name, in both orders and with the given name short."""
        self.add(name)
        if not HAS_IDEOGRAPH.search(name):
            self.add(*re.split(r"[\s·.]+", name))
            return
        compound = name[:COMPOUND_SURNAMES] in SURNAMES
        length = COMPOUND_SURNAMES if compound else 1
        surname, given = name[:length], name[length:]
        for family, own in product(romanise(surname), romanise(given)):
            self.add(family + own, own + family, family + initials(given))
            self.add(initials(surname) + own)
            if len(given) > 1:
                self.add(own)
        self.add(*read_initials(name))

    def add_name_of_organization(self, name: str) -> None:
        """Add a place's name, with and without what kind of place it is."""
        stem = KINDS.sub("", name)
        for text in {name, stem} - {""}:
            self.add(text, *romanise(text), *read_initials(text))

    def add_name_of_place_below(self, name: str) -> None:
        """Add a place's name as it is spoken, without its initials.

        A city has hundreds of places below: any two letters are initials of one.
        """
        stem = KINDS.sub("", name)
        for text in {name, stem} - {""}:
            self.long |= {
                word for word in (text, *romanise(text)) if len(word) >= LONG_WORD
            }
            if HAS_IDEOGRAPH.search(text) and len(text) > SHORT_WORD:
                self.long.add(squeeze(text))

    def is_most_of(self, password: str) -> bool:
        """Whether little but short words, digits and signs make up the password.

        zm20260101!!abc and yqjd@2026#zm1 are initials with digits.
        """
        runs = LETTERS.findall(fold_password(password))
        others = [run for run in runs if not self._consists_of_short(run)]
        return len(others) < len(runs) and len("".join(others)) < FEWEST_LETTERS

    def _consists_of_short(self, run: str) -> bool:
        """Whether a run of letters is one short word, or several in a row."""
        if run in self.short:
            return True
        return any(
            run.startswith(word) and self._consists_of_short(run[len(word) :])
            for word in self.short
        )

    def found_in(self, forms: Iterable[str], ends: Iterable[str]) -> Iterator[str]:
        """Yield the words that stand in a password.

        `forms` are its spellings, `ends` what it is without digits at its ends.
        """
        spelled = [*forms]
        spelled += [letters_of(form) for form in spelled]
        backwards = [form[::-1] for form in spelled]
        for word in self.long:
            if any(word in form for form in (*spelled, *backwards)):
                yield word
        for form in (*spelled, *ends):
            if letters_of(form) in self.short or form in self.short:
                yield form
