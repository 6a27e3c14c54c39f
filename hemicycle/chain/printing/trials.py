"""The act of a dossier set by its own template, with stand-ins for what only the sitting will say."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

from hemicycle.accounts.models import Agent
from hemicycle.chain.printing import letterheads
from hemicycle.chain.printing.document_models import chosen, model_kind
from hemicycle.chain.printing.events import ActTried
from hemicycle.chain.printing.models import Trial
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import author_of, kind_of
from hemicycle.dossier.models import Dossier
from hemicycle.rendering.blocks import AnnexLine, Signature
from hemicycle.rendering.compile import RenderingRefused
from hemicycle.rendering.deliberation import Deliberation, Presence, VoteResult, render_deliberation
from hemicycle.rendering.model import Model
from hemicycle.rendering.own_act import OwnAct, render_own_act
from hemicycle.rendering.report import Report, render_report
from hemicycle.texts.tree import is_empty

#: Raised when a template changes what it takes: what was tried before is tried again.
TEMPLATES = 1
_NUMBER = "2026-0000"
_SIGNED = Signature(capacity="Signataire", first_name="Prénom", last_name="Nom")


def digest_of(dossier: Dossier, titles: tuple[str, ...] | None = None) -> str:
    """Of all that the trial depends on; `titles`: of the annexes that the act names, when they are known."""
    said = {
        "templates": TEMPLATES,
        "nature": dossier.nature,
        "object": dossier.object,
        "report": {} if dossier.lead_id else dossier.report,
        "deliberation": dossier.deliberation,
        "annexes": annex_titles(dossier) if titles is None else titles,
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def annex_titles(dossier: Dossier) -> tuple[str, ...]:
    return tuple(annex.title for _, annex in attachments.printed_with(dossier))


def is_tried(dossier: Dossier) -> bool:
    """Whether there is a text to try at all."""
    return bool(dossier.deliberation) and not is_empty(dossier.deliberation)


def last_of(dossier: Dossier) -> Trial | None:
    """The last trial of the dossier, which may be of an older text."""
    return Trial.objects.filter(dossier=dossier).first()


def judged(dossier: Dossier, *, at: dt.datetime) -> str:
    """Why the act or its report cannot be set, in words for their author; empty when both can. Some 200 ms."""
    kind = kind_of(dossier)
    try:
        stand_in(dossier, at=at)
    except RenderingRefused as refusal:
        return f"{kind.the.capitalize()} ne peut pas être {'mise' if kind.feminine else 'mis'} en page : {refusal}"
    if dossier.without_vote or dossier.lead_id or not dossier.report or is_empty(dossier.report):
        return ""
    try:
        _report(dossier, at=at)
    except RenderingRefused as refusal:
        return f"Le rapport ne peut pas être mis en page : {refusal}"
    return ""


def stand_in(dossier: Dossier, *, at: dt.datetime, model: Model | None = None) -> bytes:
    """The act as it would be, what only the sitting will say replaced; by the model in force, or that one. Raises
    RenderingRefused.
    """
    titles = annex_titles(dossier)
    by = model or chosen(model_kind(dossier), on=day(at)).model
    annexes = tuple(AnnexLine(number=rank, title=title) for rank, title in enumerate(titles, start=1))
    pictures = attachments.pictures_of(dossier, dossier.deliberation)
    if dossier.without_vote:
        kind = kind_of(dossier)
        own = OwnAct(
            letterhead=letterheads.of_dossier(dossier),
            kind=kind.name,
            nature=kind.name,
            operative=kind.operative,
            number=_NUMBER,
            taken_on=day(at),
            title=dossier.object,
            author="Le Président",
            text=dossier.deliberation,
            signature=_SIGNED,
            annexes=annexes,
            pictures=pictures,
        )
        return render_own_act(own, at=at, model=by)
    act = Deliberation(
        letterhead=letterheads.of_dossier(dossier),
        number=_NUMBER,
        body=author_of(dossier),
        sitting=day(at),
        title=dossier.object,
        presence=Presence(presided_by="", secretary="", in_office=1, quorum="", present=("Nom",)),
        text=dossier.deliberation,
        vote=VoteResult(sentence="Adopté à l’unanimité."),
        signature=_SIGNED,
        annexes=annexes,
        pictures=pictures,
    )
    return render_deliberation(act, at=at, model=by)


def _report(dossier: Dossier, *, at: dt.datetime) -> bytes:
    report = Report(
        letterhead=letterheads.of_dossier(dossier),
        number=dossier.number,
        body=author_of(dossier),
        sitting=None,
        title=dossier.object,
        text=dossier.report,
        pictures=attachments.pictures_of(dossier, dossier.report),
    )
    return render_report(report, at=at, model=chosen("report", on=day(at)).model)


def tried(dossier: Dossier, *, agent: Agent, role: str, at: dt.datetime) -> str:
    """Why the act cannot be set, known or found out now, and kept; in the caller's transaction."""
    digest, known = digest_of(dossier), last_of(dossier)
    if known is not None and known.digest == digest:
        return known.sentence
    sentence = judged(dossier, at=at)
    keep(dossier, digest, sentence, agent=agent, role=role, at=at)
    return sentence


def keep(dossier: Dossier, digest: str, sentence: str, *, agent: Agent, role: str, at: dt.datetime) -> Trial:
    """The answer, in the caller's transaction; told in the journal when it is bad news, or good news after bad."""
    before = last_of(dossier)
    facts = {"digest": digest, "possible": not sentence, "sentence": sentence[:1000], "tried_at": at}
    trial, _ = Trial.objects.update_or_create(dossier=dossier, defaults=facts)
    was = (before.possible, before.sentence) if before else (True, "")
    if was != (trial.possible, trial.sentence):
        event = ActTried(possible=trial.possible, sentence=trial.sentence, digest=digest)
        journal.record(dossier, event, by=agent, at=at, role=role)
    return trial
