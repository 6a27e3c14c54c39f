"""A fictional document of each kind: what a model is tried on, and shown on where nothing real is at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from hemicycle.rendering.act_register import ActRegister, RegisterEntry, render_act_register
from hemicycle.rendering.act_text import act_text
from hemicycle.rendering.agenda import Agenda, AgendaItem, render_agenda
from hemicycle.rendering.blocks import AnnexLine, Letterhead, Signature
from hemicycle.rendering.decision_list import DecisionLine, DecisionList, render_decision_list
from hemicycle.rendering.deliberation import Deliberation, Presence, Proxy, VoteResult, render_deliberation
from hemicycle.rendering.draft_deliberation import DraftDeliberation, render_draft_deliberation
from hemicycle.rendering.extract import Extract, render_extract
from hemicycle.rendering.model import Model
from hemicycle.rendering.notice import Notice, render_notice
from hemicycle.rendering.own_act import OwnAct, render_own_act
from hemicycle.rendering.report import Report, render_report
from hemicycle.rendering.summons import Summons, render_summons

_AT = datetime(2026, 7, 9, 12, 30, tzinfo=UTC)
_DAY = date(2026, 7, 9)
_BODY, _TITLE = "commission permanente", "Subventions aux comités sportifs départementaux"
_HEAD = Letterhead(
    departement="Département de l’Exemple", direction="Direction des sports", service="Service des aides"
)
_HOUSE = Letterhead(departement="Département de l’Exemple", address=("1 place de l’Hôtel-du-Département",))
_SIGNED = Signature(
    capacity="La Présidente du conseil départemental", first_name="Prénom", last_name="Nom", place="Chef-Lieu"
)
_BY_HAND = Signature(
    capacity="La Présidente du conseil départemental", first_name="Prénom", last_name="Nom", mention=""
)
_TEXT = act_text(
    opening="",
    recitals=["Vu le code général des collectivités territoriales,"],
    whereas=["Considérant l’intérêt départemental de l’action,"],
    articles=[("Article 1", "Une subvention de 12 000 € est attribuée."), ("Article 2", "Une convention est conclue.")],
)
_ANNEXES = (AnnexLine(number=1, title="Convention", pages=6),)
_MORE = {
    "tribunal": "tribunal administratif de Chef-Lieu",
    "delai": "deux mois",
    "au_president": "à la Présidente du conseil départemental",
    "ville": "Chef-Lieu",
    "adresse": "1 place de l’Hôtel-du-Département, 99000 Chef-Lieu",
}
_ITEMS = (
    AgendaItem(number="01", title=_TITLE, rapporteur="M. Prénom Nom"),
    AgendaItem(number="02", title="Aide aux festivals d’initiative locale", rapporteur="Mme Prénom Nom"),
)


def specimen(kind: str, model: Model) -> bytes:
    """The PDF. Raises KeyError for an unknown kind, RenderingRefused."""
    return _SPECIMENS[kind](model)


def _deliberation(model: Model) -> bytes:
    presence = Presence(
        presided_by="Mme Prénom Nom, présidente",
        secretary="M. Prénom Nom",
        in_office=42,
        quorum="22 membres présents requis, 30 présents : quorum atteint",
        present=("Mme Prénom ABEILLE", "M. Prénom BOIS"),
        proxies=(Proxy(giver="Mme Prénom CHÊNE", holder="M. Prénom BOIS"),),
        convened_on=date(2026, 6, 25),
    )
    act = Deliberation(
        letterhead=_HEAD,
        number="CP-2026-0000",
        body=_BODY,
        sitting=_DAY,
        title=_TITLE,
        presence=presence,
        text=_TEXT,
        vote=VoteResult(sentence="Adopté à l’unanimité.", figures="Pour : 31. Contre : 0. Abstentions : 0."),
        signature=_SIGNED,
        rapporteur="M. Prénom Nom",
        report_number="R2026-0000",
        subject_code="7.5 – Subventions",
        annexes=_ANNEXES,
        more=_MORE,
    )
    return render_deliberation(act, at=_AT, model=model)


def _own(kind: str, nature: str, operative: str) -> Callable[[Model], bytes]:
    def drawn(model: Model) -> bytes:
        act = OwnAct(
            letterhead=_HEAD,
            kind=kind,
            nature=nature,
            operative=operative,
            number="AR-2026-0000",
            taken_on=_DAY,
            title="Délégation de signature à la direction des sports",
            author="La Présidente du conseil départemental",
            text=_TEXT,
            signature=_SIGNED,
            report_number="R2026-0000",
            subject_code="5.5 – Délégations de signature",
            annexes=_ANNEXES,
            more=_MORE,
        )
        return render_own_act(act, at=_AT, model=model)

    return drawn


def _report(model: Model) -> bytes:
    report = Report(
        letterhead=_HEAD,
        number="R2026-0000",
        body=_BODY,
        sitting=_DAY,
        title=_TITLE,
        text=_TEXT,
        summary="Il est proposé d’aider les comités sportifs.",
        signature=_BY_HAND,
        annexes=_ANNEXES,
    )
    return render_report(report, at=_AT, model=model)


def _draft(model: Model) -> bytes:
    draft = DraftDeliberation(
        letterhead=_HEAD, number="R2026-0000", body=_BODY, sitting=_DAY, title=_TITLE, text=_TEXT, annexes=_ANNEXES
    )
    return render_draft_deliberation(draft, at=_AT, model=model)


def _summons(model: Model) -> bytes:
    summons = Summons(
        letterhead=_HOUSE,
        body=_BODY,
        sitting=_AT,
        place="hôtel du Département",
        signature=_BY_HAND,
        sent_on=date(2026, 6, 25),
        recipient=("Mesdames et Messieurs les Conseillers départementaux",),
        items=_ITEMS,
        issued_at="Chef-Lieu",
        more=_MORE,
    )
    return render_summons(summons, at=_AT, model=model)


def _agenda(model: Model) -> bytes:
    agenda = Agenda(
        letterhead=_HOUSE, body=_BODY, sitting=_AT, place="hôtel du Département", items=_ITEMS, dated=_DAY, more=_MORE
    )
    return render_agenda(agenda, at=_AT, model=model)


def _decisions(model: Model) -> bytes:
    lines = (DecisionLine(number="CP-2026-0000", title=_TITLE, outcome="adoptée", vote="Adopté à l’unanimité."),)
    decisions = DecisionList(
        letterhead=_HOUSE,
        body=_BODY,
        sitting=_AT,
        presided_by="Mme Prénom Nom",
        lines=lines,
        posted_on=_DAY,
        more=_MORE,
    )
    return render_decision_list(decisions, at=_AT, model=model)


def _extract(model: Model) -> bytes:
    extract = Extract(
        letterhead=_HOUSE,
        register="registre des délibérations de la commission permanente",
        name="Délibération n° CP-2026-0000",
        decided_on=_DAY,
        in_sitting=True,
        title=_TITLE,
        text=_TEXT,
        vote=("Adopté à l’unanimité.",),
        signed_by="Prénom Nom, La Présidente du conseil départemental",
        facts=(("Signé électroniquement le", "09/07/2026"),),
        place="Chef-Lieu",
        certified_by=("Prénom", "Nom"),
        more=_MORE,
    )
    return render_extract(extract, at=_AT, model=model)


def _register(model: Model) -> bytes:
    entry = RegisterEntry(number="CP-2026-0000", on=_DAY, title=_TITLE, after="signé le 10/07/2026")
    register = ActRegister(
        letterhead=_HOUSE, name="Délibérations de la commission permanente", year=2026, entries=(entry,), more=_MORE
    )
    return render_act_register(register, at=_AT, model=model)


def _notice(model: Model) -> bytes:
    notice = Notice(
        letterhead=_HEAD,
        recipient=("Comité départemental", "2 rue de l’Exemple"),
        act_number="CP-2026-0000",
        act_title=_TITLE,
        body=_BODY,
        decided_on=_DAY,
        sent_on=date(2026, 7, 15),
        signature=_BY_HAND,
        paragraphs=("Je vous notifie la délibération n° CP-2026-0000.",),
        appeal=("Cette décision peut être contestée devant le tribunal administratif de Chef-Lieu.",),
        attachments=("Délibération",),
        issued_at="Chef-Lieu",
        more=_MORE,
    )
    return render_notice(notice, at=_AT, model=model)


_SPECIMENS: dict[str, Callable[[Model], bytes]] = {
    "deliberation": _deliberation,
    "arrete": _own("arrêté", "Arrêté réglementaire", "arrête"),
    "decision": _own("décision", "Décision", "décide"),
    "report": _report,
    "draft": _draft,
    "summons": _summons,
    "agenda": _agenda,
    "decision_list": _decisions,
    "extract": _extract,
    "register": _register,
    "notice": _notice,
}
