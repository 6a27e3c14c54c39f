"""« Subventions au sport adapté »: three versions, and what people said of its paragraphs on the way.

Sent back by the legal service on its first version, corrected, then edited by its director at her turn: the legal
service is awaited on the third version, and « ce qui a changé » tells it everything that differs from the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit.actions.amend import amend
from hemicycle.chain.circuit.actions.give_visa import give_visa
from hemicycle.chain.circuit.actions.send_back import send_back
from hemicycle.chain.drafting import passages
from hemicycle.chain.drafting.actions.describe_dossier import describe_dossier
from hemicycle.chain.drafting.actions.handle_comment import handle_comment
from hemicycle.chain.drafting.actions.record_reading import record_reading
from hemicycle.chain.drafting.actions.replace_annex import replace_annex
from hemicycle.chain.drafting.actions.save_text import save_text
from hemicycle.chain.drafting.actions.write_comment import write_comment
from hemicycle.demonstration.seeding.affairs import BY_KEY
from hemicycle.demonstration.seeding.affairs_followed import VERSIONS as KEY
from hemicycle.demonstration.seeding.company import Company
from hemicycle.demonstration.seeding.drafting import TEXTS, annex_pdf, open_and_write
from hemicycle.demonstration.seeding.stories import Correction, Story
from hemicycle.demonstration.seeding.ways import awaited, send, whose_turn
from hemicycle.dossier.models import Attachment, Comment
from hemicycle.texts.tree import Doc

FIRST_AMOUNT = Decimal(38_000)
#: What the director adds at her turn: (words of the third version, words of the second).
ADDED = (
    ("Vu le code du sport, notamment son article L. 100-1,\n\n", ""),
    (" ; le Président du conseil départemental est autorisé à la signer", ""),
)
REASON = (
    "Le comité départemental reçoit 23 000 € : au-delà, une convention est obligatoire, et le rapport annonce huit "
    "éducateurs de plus. Reprendre le montant, ajouter l’article qui approuve la convention, joindre le calendrier des "
    "versements, et dire les engagements des clubs au même endroit."
)
ANSWER = "Aide au comité portée à 30 000 €, convention approuvée à l’article 2, annexe refaite avec les versements."
STORY = Story(key=KEY, opened=16, correction=Correction(after=3, reason=REASON, first_amount=FIRST_AMOUNT))


def set_out(company: Company, *, target: dt.datetime) -> None:
    """Enter the whole story in the script; `target` is the sitting aimed at."""
    company.script.at(company.calendar.ago(16, 9, 40), lambda at: _open(company, target, at=at))
    moves: tuple[tuple[int, int, int, Callable[[Company, dt.datetime], None]], ...] = (
        (14, 15, 10, _talk_inside),
        (13, 16, 15, lambda c, at: send(c, KEY, at=at)),
        (12, 9, 30, _visa),
        (11, 11, 5, _visa),
        (10, 14, 40, lambda c, at: _visa(c, at, remark="Crédits disponibles au chapitre 65.")),
        (9, 10, 25, _sent_back),
        (7, 14, 30, _correct),
        (7, 16, 30, lambda c, at: send(c, KEY, at=at, note=ANSWER)),
        (6, 9, 50, _visa),
        (5, 11, 15, _amended),
        (4, 10, 10, _visa),
        (2, 15, 20, lambda c, at: _visa(c, at, remark=RESERVE, reserved=True)),
        (1, 17, 35, _last_word),
    )
    for ago, hour, minute, move in moves:
        company.script.at(company.calendar.ago(ago, hour, minute), _bound(company, move))


RESERVE = "Sous réserve du vote de la décision modificative n° 2, qui ouvre les 7 000 € de plus."


def _bound(company: Company, move: Callable[[Company, dt.datetime], None]) -> Callable[[dt.datetime], None]:
    return lambda at: move(company, at)


def _open(company: Company, target: dt.datetime, *, at: dt.datetime) -> None:
    """The dossier with its first texts and its first annex."""
    open_and_write(company, STORY, target=target, texts="-v1", at=at)


def _text(company: Company, name: str) -> Doc:
    """The second version of a text."""
    return company.text(KEY, name, first=ADDED if name == TEXTS["deliberation"] else ())


def _visa(company: Company, at: dt.datetime, *, remark: str = "", reserved: bool = False) -> None:
    dossier, step = awaited(company, KEY)
    if step is None:
        raise LookupError(f"Plus aucun visa n’est attendu sur {dossier.number}.")
    agent = whose_turn(step, dossier)
    record_reading(dossier_id=dossier.id, agent=agent, at=at)
    give_visa(dossier_id=dossier.id, agent=agent, version_read=dossier.version, remark=remark, reserved=reserved, at=at)


def _sent_back(company: Company, at: dt.datetime) -> None:
    """The legal service comments two passages, calls the drafter by her name, and sends the dossier back."""
    dossier, people = company.dossier(KEY), company.cast(KEY)
    record_reading(dossier_id=dossier.id, agent=people.legal, at=at)
    drafter = people.drafter.full_name
    _comment(
        company,
        f"@{drafter} cette phrase est un engagement : elle a sa place avec les autres, plus bas.",
        by=people.legal,
        at=at,
        text="report",
        words="Les clubs qui n’auraient pas ouvert",
    )
    _comment(
        company,
        "Il manque l’article qui approuve la convention avec le comité départemental.",
        by=people.legal,
        at=at,
        text="deliberation",
        words="Article 2",
    )
    send_back(dossier_id=dossier.id, agent=people.legal, version_read=1, reason=REASON, at=at)


def _correct(company: Company, at: dt.datetime) -> None:
    """The amount, both texts and the annex; the first remark is answered and settled, the other one answered."""
    dossier, people, affair = company.dossier(KEY), company.cast(KEY), BY_KEY[KEY]
    describe_dossier(dossier_id=dossier.id, amount=affair.amount, agent=people.drafter, at=at)
    for text, name in TEXTS.items():
        save_text(dossier_id=dossier.id, text=text, content=_text(company, name), agent=people.drafter, at=at)
    annex = Attachment.objects.get(dossier=dossier, kind=Attachment.Kind.ANNEX, removed_at=None)
    replace_annex(
        dossier_id=dossier.id,
        annex_id=annex.pk,
        data=annex_pdf(company, affair, 1, "annexe-1", at=at),
        filename=f"{KEY}-versements.pdf",
        agent=people.drafter,
        at=at,
    )
    moved, missing = Comment.objects.filter(dossier=dossier, author=people.legal, thread=None).order_by("pk")
    write_comment(
        dossier_id=dossier.id, text="Déplacée sous les engagements.", thread_id=moved.pk, agent=people.drafter, at=at
    )
    handle_comment(comment_id=moved.pk, agent=people.drafter, at=at)
    write_comment(
        dossier_id=dossier.id,
        text="C’est le nouvel article 2 ; les suivants ont suivi.",
        thread_id=missing.pk,
        agent=people.drafter,
        at=at,
    )


def _amended(company: Company, at: dt.datetime) -> None:
    """The director completes the deliberation at her turn, and gives her visa on what she has written."""
    dossier, people = company.dossier(KEY), company.cast(KEY)
    amend(
        dossier_id=dossier.id,
        agent=people.director,
        version_read=dossier.version,
        text="deliberation",
        content=company.text(KEY, TEXTS["deliberation"]),
        note="Visa du code du sport ajouté, et autorisation de signer la convention.",
        at=at,
    )
    company.script.at(at + dt.timedelta(minutes=2), lambda at: _visa(company, at))


def _talk_inside(company: Company, at: dt.datetime) -> None:
    """Two colleagues, between themselves."""
    people = company.cast(KEY)
    asked = _comment(
        company,
        "Le comité demandait 30 000 € : avons-nous gardé son courrier ?",
        by=people.head_of_service,
        at=at,
        text="report",
        words="Il est proposé d’aider cinq clubs",
        internal_to_id=people.unit.pk,
    )

    def answer(at: dt.datetime) -> None:
        said = "Oui, il est au dossier papier, je le numérise."
        dossier = company.dossier(KEY)
        write_comment(dossier_id=dossier.id, text=said, thread_id=asked.pk, agent=people.drafter, at=at)

    company.script.at(at + dt.timedelta(minutes=25), answer)


def _last_word(company: Company, at: dt.datetime) -> None:
    people = company.cast(KEY)
    _comment(
        company,
        f"@{people.head_of_service.full_name} la commission voudra la liste des sept cantons sans section : "
        "peut-on l’ajouter au rapport ?",
        by=people.finance,
        at=at,
        text="report",
        words="L’Ormelle compte",
    )


def _comment(
    company: Company, said: str, *, by: Agent, at: dt.datetime, text: str, words: str, **options: Any
) -> Comment:
    """A comment on the passage that begins with those words."""
    dossier = company.dossier(KEY)
    passage = next(
        p for p in passages.passages_of(getattr(dossier, text)) if p.text.replace("\u00a0", " ").startswith(words)
    )
    anchor = {"text": text, "block": passage.rank, "digest": passage.digest}
    return write_comment(dossier_id=dossier.id, text=said, anchor=anchor, agent=by, at=at, **options)
