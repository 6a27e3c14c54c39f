"""What the page of a dossier shows, gathered for its templates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from hemicycle.accounts.models import Agent
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.circuit.queries import StepView
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.models import Attachment, Version
from hemicycle.dossier.stages import Stage
from hemicycle.texts import typography
from hemicycle.web import asks, changes, journey
from hemicycle.web.asks import Ask, Gesture
from hemicycle.web.comment_page import Talk, names
from hemicycle.web.holding import of_fr
from hemicycle.web.templatetags.french import short_day, size_fr
from hemicycle.web.timeline import told

#: Tab in the address → its words. The first is the page itself.
TABS = {
    "rapport": "Rapport",
    "deliberation": "Délibération",
    "annexes": "Annexes",
    "commentaires": "Commentaires",
    "versions": "Versions",
    "journal": "Journal",
}
TEXTS = {"rapport": "report", "deliberation": "deliberation"}
#: State of a step → its line among the required visas.
VISAS = {"given": "done", "stale": "stale", "awaited": "expected", "sent_back": "refused", "missing": "todo"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What of the page is asked for, by its address."""

    tab: str = "rapport"
    #: The version from which changes are shown; None: the last visit.
    since: int | None = None
    #: Every passage offers to be commented.
    commenting: bool = False
    #: The passage being commented.
    passage: int | None = None
    #: The kind of entries of the journal; empty: all.
    kind: str = ""


def context_of(detail: Detail, agent: Agent, *, on: dt.date, wanted: Wanted) -> dict[str, Any]:
    """The page of a dossier for this reader."""
    dossier, tab = detail.dossier, wanted.tab
    steps = circuit.steps_of(dossier)
    talk = Talk(
        detail,
        agent,
        {text: shown_text(detail, text) for text in TEXTS.values()},
        may_comment=access.may_comment(agent, dossier, on=on),
    )
    asked = with_comments_to_settle(asks.expected(agent, detail, steps, on), detail, talk)
    start = detail.last_read if wanted.since is None else wanted.since
    changed = changes_since(detail, start)
    return {
        "detail": detail,
        "dossier": dossier,
        "stations": journey.stations(dossier, steps, detail.journal, on=on),
        "asks": asked,
        "acting_for": next((ask.absent for ask in asked if ask.absent), ""),
        "changes": changed,
        "visas": [_visa(step, agent, corrected=dossier.stage != Stage.TO_CORRECT, on=on) for step in steps],
        "visas_why": [f"Le visa « {step.label} » est requis, {step.why}." for step in steps if step.why],
        "facts": facts_of(detail),
        "may_withdraw": drafting.may_withdraw(dossier, agent, on=on),
        "subject": subject_fr(dossier.subject_code),
        "tab": tab,
        "tab_label": TABS[tab],
        "tabs": _tabs(detail, tab, start if changed else None),
        "may_comment": talk.may_comment,
        "people": names([dossier.drafter, *(person for step in steps for person in step.people)]),
        **_matter(detail, talk, wanted),
    }


def with_comments_to_settle(asked: list[Ask], detail: Detail, talk: Talk) -> list[Ask]:
    """To whoever writes the dossier, the comments that wait are said with the first thing expected."""
    waiting = talk.open_count
    if not waiting or not detail.may_write or not asked:
        return asked
    first = asked[0]
    link = Gesture(
        label=f"{waiting}\u00a0commentaire{'s' if waiting > 1 else ''} à traiter",
        url=tab_url(detail, "commentaires") + "#matiere",
        css="quiet",
    )
    return [replace(first, gestures=(*first.gestures, link)), *asked[1:]]


def subject_fr(code: str) -> str:
    """« 7.5 Subventions »: the code and the last words of the matière."""
    label = dict(drafting.subject_codes()).get(code, code)
    return f"{code} {label.rsplit(' / ', 1)[-1]}" if " / " in label else label


def facts_of(detail: Detail) -> list[tuple[str, str]]:
    dossier = detail.dossier
    rapporteur = dossier.rapporteur
    return [
        ("Étape", Stage(dossier.stage).label.capitalize()),
        ("Numéro de l’acte", dossier.act_number),
        ("Service", dossier.unit.name),
        ("Rédigé par", dossier.drafter.full_name),
        ("Rapporteur", f"{rapporteur}, {rapporteur.title}".rstrip(", ") if rapporteur else ""),
        ("Thème", dossier.theme),
        ("Nature", dossier.get_nature_display().capitalize()),
        ("Ouvert le", typography.date_fr(day(dossier.opened_at), weekday=False)),
    ]


def changes_since(detail: Detail, start: int) -> changes.Changes | None:
    """What changed from that version to the last one; None when there is nothing to compare."""
    old = next((v for v in detail.versions if v.number == start), None)
    if old is None or start >= detail.dossier.version:
        return None
    return changes.between(old, detail.versions[-1])


def _tabs(detail: Detail, tab: str, since: int | None) -> list[dict[str, Any]]:
    # The changes since the last visit stay on screen while one goes from tab to tab: the visit is the same.
    kept = f"?depuis={since}" if since else ""
    counts = {
        "annexes": len(detail.annexes),
        "commentaires": len(detail.comments),
        "versions": len(detail.versions),
    }
    return [
        {
            "label": label,
            "url": f"{tab_url(detail, name)}{kept}#matiere",
            "count": counts.get(name, 0),
            "current": name == tab,
        }
        for name, label in TABS.items()
    ]


def tab_url(detail: Detail, name: str) -> str:
    first = next(iter(TABS))
    if name == first:
        return reverse("dossier", args=[detail.dossier.id])
    return reverse("dossier_tab", args=[detail.dossier.id, name])


def _matter(detail: Detail, talk: Talk, wanted: Wanted) -> dict[str, Any]:
    """What the open tab shows."""
    tab = wanted.tab
    if tab in TEXTS:
        return _text(detail, talk, wanted)
    if tab == "annexes":
        return {
            "annexes": [annex_line(a) for a in detail.annexes],
            "produced": [annex_line(a) for a in detail.produced],
            "conversations": talk.on_annexes(),
        }
    if tab == "commentaires":
        waiting, settled = talk.everything()
        return {"waiting": waiting, "settled": settled}
    if tab == "versions":
        return {"versions": list(reversed(detail.versions))}
    return {"entries": list(reversed(told(detail.journal)))}


def _text(detail: Detail, talk: Talk, wanted: Wanted) -> dict[str, Any]:
    label = TABS[wanted.tab]
    passages, gone = talk.on_text(TEXTS[wanted.tab], writing=wanted.passage if talk.may_comment else None)
    return {
        "passages": passages,
        "gone": gone,
        "commenting": wanted.commenting and talk.may_comment,
        "text_name": TEXTS[wanted.tab],
        "text_label": label,
        "write_url": f"write_{TEXTS[wanted.tab]}",
        "shown_as": _shown_as(detail),
    }


def last_version(detail: Detail) -> Version | None:
    return detail.versions[-1] if detail.versions else None


def shown_text(detail: Detail, name: str) -> Any:
    """The text on screen: the working one for whoever writes it, the last version for everyone else."""
    version = last_version(detail)
    return getattr(detail.dossier if detail.may_write or version is None else version, name)


def _shown_as(detail: Detail) -> str:
    version = last_version(detail)
    if version is None:
        return "Texte de travail, pas encore soumis."
    if not detail.may_write:
        return f"Version {version.number}, du {typography.date_fr(day(version.made_at), weekday=False)}."
    same = all(getattr(detail.dossier, name) == getattr(version, name) for name in TEXTS.values())
    if same:
        return f"Texte de travail, identique à la version {version.number}."
    return f"Texte de travail, modifié depuis la version {version.number} ; les autres lisent encore celle-ci."


def annex_line(annex: Attachment) -> dict[str, Any]:
    """An annex or a produced piece, as components/_annexes.html shows it."""
    return {
        "id": annex.id,
        "title": annex.title,
        "url": reverse("piece", args=[annex.id]),
        "filename": annex.name,
        "size": size_fr(annex.size),
        "transmitted": annex.to_control,
        "at": annex.added_at,
        "note": "" if annex.published else "non publiée",
    }


def _visa(step: StepView, agent: Agent, *, corrected: bool, on: dt.date) -> dict[str, Any]:
    late = step.state == "awaited" and step.due_on is not None and step.due_on < on
    mine = step.state == "awaited" and agent in step.people
    state = "late" if late else VISAS[step.state]
    if corrected and step.state == "sent_back":
        state = "todo"
    return {
        "label": step.label if step.required else f"{step.label} (facultatif)",
        "state": state,
        "note": _note(step, mine, late=late),
        "version": step.last.version if step.last and step.state in ("given", "stale") else None,
        "mine": mine,
    }


def _note(step: StepView, mine: bool, *, late: bool) -> str:
    last = step.last
    if step.state == "awaited":
        people = "vous" if mine else " ou ".join(p.full_name for p in step.people)
        before = f", {'depuis' if late else 'avant'} le {short_day(step.due_on)}" if step.due_on else ""
        again = f" ; déjà donné sur la version {last.version}" if last and last.kind == "given" else ""
        return f"attendu {of_fr(people)}{before}{again}"
    if last is None:
        return ""
    absent = f" en l’absence de {last.on_behalf_of.full_name}" if last.on_behalf_of else ""
    who = f"{last.agent.full_name}{absent}, {short_day(day(last.given_at))}"
    if step.state == "stale":
        return f"{who} ; donné sur la version {last.version}, à redonner car le dossier a changé"
    return f"{who} ; correction demandée sur la version {last.version}" if step.state == "sent_back" else who
