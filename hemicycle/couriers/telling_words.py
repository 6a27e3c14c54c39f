"""The words of the letters: one sentence first, then each dossier with what is expected and its link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from hemicycle.chain.telling.queries import Kind, Line, ToWrite
from hemicycle.couriers import telling_sentences as sentences
from hemicycle.dossier.models import Dossier

#: Of a subject, and of the words of someone.
LONGEST_SUBJECT, LONGEST_WORDS = 110, 400


@dataclass(frozen=True, kw_only=True)
class Written:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One line under a dossier: what happened or what is expected, and somebody's own words."""

    sentence: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """A dossier of the letter."""

    title: str
    url: str
    items: tuple[Item, ...]


def written(going: ToWrite, *, authority: str, page: Callable[[str], str], preferences: str) -> Written:
    """Subject, plain text and HTML; the same for the same news."""
    said: dict[str, Any] = {
        "greeting": f"Bonjour {going.person.first_name},".replace(" ,", ","),
        "first": first_sentence(going.lines),
        "groups": _groups(going.lines, page),
        "preferences": preferences,
        "authority": authority,
        "alone": len(going.lines) == 1,
    }
    return Written(subject=_subject(going), text=_text(said), html=render_to_string("couriers/telling.html", said))


def first_sentence(lines: tuple[Line, ...]) -> str:
    """« Votre visa est attendu. », « 50 visas vous attendent. », « 2 visas vous attendent ; 3 autres nouvelles… »"""
    if len(lines) == 1:
        return sentences.headline(lines[0])
    kinds = [line.kind for line in lines]
    parts = [sentences.counted(kind, kinds.count(kind)) for kind in sentences.EXPECTED if kind in kinds]
    rest = sum(kind not in sentences.EXPECTED for kind in kinds)
    if rest:
        more = "autre " if parts else ""
        many = "autres " if parts else ""
        parts.append(f"1 {more}nouvelle de vos dossiers" if rest == 1 else f"{rest} {many}nouvelles de vos dossiers")
    whole = " ; ".join(parts)
    return f"{whole[:1].upper()}{whole[1:]}."


def _subject(going: ToWrite) -> str:
    first = first_sentence(going.lines).rstrip(".")
    dossiers = {line.dossier.pk: line.dossier for line in going.lines}
    if len(dossiers) > 1:
        return first[:LONGEST_SUBJECT]
    title = _title(next(iter(dossiers.values())))
    return _short(f"{first} – {title}", LONGEST_SUBJECT)


def _title(dossier: Dossier) -> str:
    """The number alone of what is under embargo."""
    return dossier.number if dossier.embargo else f"{dossier.number}, {dossier.object}"


def _groups(lines: tuple[Line, ...], page: Callable[[str], str]) -> list[Group]:
    by_dossier: dict[UUID, list[Line]] = {}
    for line in lines:
        by_dossier.setdefault(line.dossier.pk, []).append(line)
    return [
        Group(
            title=_title(own[0].dossier),
            url=page(_place(pk, own)),
            items=tuple(_item(line) for line in own),
        )
        for pk, own in by_dossier.items()
    ]


def _place(pk: UUID, lines: list[Line]) -> str:
    """Where what is expected is done: the act to sign, otherwise the dossier."""
    return f"/a-signer/{pk}/" if any(line.kind == Kind.SIGNATURE for line in lines) else f"/dossiers/{pk}/"


def _item(line: Line) -> Item:
    if line.dossier.embargo:
        return Item(sentence=f"{sentences.headline(line)} Dossier sous embargo : le reste se lit sur place.", words="")
    words = sentences.words_of(line)
    return Item(sentence=sentences.sentence(line), words=_short(words, LONGEST_WORDS))


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _text(said: dict[str, Any]) -> str:
    lines = [said["greeting"], "", said["first"], ""]
    for group in said["groups"]:
        lines += [group.title]
        for item in group.items:
            lines += [f"- {item.sentence}"]
            if item.words:
                lines += [f"  « {item.words} »"]
        lines += [f"  {group.url}", ""]
    lines += ["-- ", said["authority"], f"Choisir mes courriels : {said['preferences']}", ""]
    return "\n".join(lines)
