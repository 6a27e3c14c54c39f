"""Words as both engines index them: stemmed in Python, then without accents, so that there is one behaviour.

A word is stemmed before its accents go, as the stemmer needs them (« égalité » and « égal » meet); whoever types
without accents is answered by a second form, stemmed without them (stack.md, « Search »).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

_STEMMER = stemmer("french")
#: Letters and digits; apostrophes, hyphens and points split words.
WORD = re.compile(r"[^\W_]+")
#: Too common to tell one dossier from another; « non » and « sans » do.
_STOP = """
a ai as au aux avec c ce ces cet cette d dans de des du elle elles en est et il ils j je l la le les leur leurs lui m
me n ne nous on ont ou où par pas pour qu que qui s sa se ses son sont sur t un une vous y à
"""
STOP = frozenset(_STOP.split())
#: A word is a word up to here; beyond, it is a defect of a file.
LONGEST = 40
#: What a query may ask at most: beyond, it is no longer a question.
MOST_TERMS = 12


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word asked for: how it is indexed, and how it is when typed without its accents."""

    stem: str
    plain: str

    @property
    def forms(self) -> tuple[str, ...]:
        return (self.stem,) if self.stem == self.plain else (self.stem, self.plain)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked: every word, every phrase, none of those left out."""

    words: tuple[Term, ...] = ()
    phrases: tuple[tuple[Term, ...], ...] = ()
    without: tuple[tuple[Term, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What excerpts mark."""
        return self.words + tuple(term for phrase in self.phrases for term in phrase)


def flat(text: str) -> str:
    """The text in small letters and without accents, letter for letter where they come composed."""
    return "".join(_flat_letter(letter) for letter in text.lower())


@lru_cache(maxsize=4096)
def _flat_letter(letter: str) -> str:
    return next((c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)), letter)


@lru_cache(maxsize=65536)
def term(word: str) -> Term:
    """How a word is looked for. It comes composed and in small letters."""
    plain = flat(word)
    return Term(stem=flat(_STEMMER.stemWord(word)), plain=flat(_STEMMER.stemWord(plain)))


def terms(text: str) -> list[Term]:
    """The words of the text in their order, those too common left out."""
    composed = unicodedata.normalize("NFKC", text).lower().replace("œ", "oe").replace("æ", "ae")
    found = (word[:LONGEST] for word in WORD.findall(composed))
    return [term(word) for word in found if word not in STOP]


def indexed(text: str) -> tuple[str, str]:
    """The text as stems in their order, and the other forms it may be asked by, once each."""
    read = terms(text)
    others = {t.plain for t in read if t.plain != t.stem}
    return " ".join(t.stem for t in read), " ".join(sorted(others))


_ASKED = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:["«“](?P<phrase>[^"»”]*)["»”]?|(?P<word>[^\s"«»“”]+))')


def question(text: str) -> Question:
    """Read a query: words (all of them), "exact words", -without. Nothing in it is ever a syntax error."""
    asked: list[tuple[Term, ...]] = []
    without: list[tuple[Term, ...]] = []
    words: list[Term] = []
    for found in _ASKED.finditer(text[:400]):
        read = terms(found["phrase"] or found["word"] or "")[:MOST_TERMS]
        if not read:
            continue
        if found["minus"]:
            without.append(tuple(read))
        elif len(read) > 1:
            # « 2026-0412 », « c’est-à-dire », "action sociale": together, in that order.
            asked.append(tuple(read))
        else:
            words += read
    return Question(
        words=tuple(dict.fromkeys(words))[:MOST_TERMS],
        phrases=tuple(asked)[:MOST_TERMS],
        without=tuple(without)[:MOST_TERMS],
    )
