"""What the page of a dossier shows, gathered for its templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from hemicycle.accounts.models import Agent
from hemicycle.accounts.rights import rights_of
from hemicycle.chain.circuit import queries as circuit
from hemicycle.chain.drafting import queries as drafting
from hemicycle.chain.drafting.custom_fields import FieldValue
from hemicycle.chain.drafting.documents import report_of
from hemicycle.chain.drafting.queries import Detail
from hemicycle.dossier import access
from hemicycle.dossier.dates import day
from hemicycle.dossier.kinds import kind_of
from hemicycle.dossier.models import Attachment, Version
from hemicycle.dossier.reading_files import being_scanned
from hemicycle.dossier.stages import Stage
from hemicycle.rendering.pages import SHOWN
from hemicycle.texts import typography
from hemicycle.web import asks, changes, journey, prefecture_letters, printing_ask
from hemicycle.web.asks import Ask, Gesture
from hemicycle.web.comment_page import Talk, names
from hemicycle.web.templatetags.french import size_fr
from hemicycle.web.timeline import KINDS, told
from hemicycle.web.visa_lines import visa_lines

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
        may_comment=_may_comment(agent, detail, on=on),
    )
    asked = with_comments_to_settle(asks.expected(agent, detail, steps, on), detail, talk)
    start = _last_passage(detail, agent, steps) if wanted.since is None else wanted.since
    changed = changes_since(detail, start)
    return {
        "detail": detail,
        "dossier": dossier,
        "steps": steps,
        "milestones": prefecture_letters.dossier_calendar(detail, on),
        "stations": journey.stations(dossier, steps, detail.journal, on=on, papers=detail.produced),
        "asks": asked,
        "acting_for": next((ask.absent for ask in asked if ask.absent), ""),
        "changes": changed,
        "visas": visa_lines(steps, agent, corrected=dossier.stage != Stage.TO_CORRECT, on=on),
        "visas_why": [f"Le visa « {step.label} » est requis, {step.why}." for step in steps if step.why],
        "facts": facts_of(detail),
        "may_withdraw": drafting.may_withdraw(dossier, agent, on=on),
        "prospect": printing_ask.of(detail),
        "subject": subject_fr(dossier.subject_code),
        "tab": tab,
        "tab_label": TABS[tab],
        "tabs": _tabs(detail, tab, start if changed else None),
        "may_comment": talk.may_comment,
        "people": names([dossier.drafter, *(person for step in steps for person in step.people)]),
        **_matter(detail, talk, wanted),
    }


def _last_passage(detail: Detail, agent: Agent, steps: Sequence[circuit.StepView]) -> int:
    """The version of the reader's last visit; while their visa is awaited, that of what they last said of the text.

    Whoever was interrupted while reading a new version still finds what changed since their visa.
    """
    awaited = any(step.state == "awaited" and agent in step.people for step in steps)
    said = [visa.version for step in steps for visa in step.visas if visa.agent_id == agent.pk]
    return max(said) if awaited and said else detail.last_read


def _may_comment(agent: Agent, detail: Detail, *, on: dt.date) -> bool:
    """As access.may_comment, of a dossier already read: asked of the database only for those who may merely look."""
    if not access.LOOKS_ON & rights_of(agent, on=on).roles:
        return True
    return access.may_comment(agent, detail.dossier, on=on)


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
        ("Étape", dossier.get_stage_display().capitalize()),
        ("Numéro de l’acte", dossier.act_number),
        ("Service", dossier.unit.name),
        ("Rédigé par", dossier.drafter.full_name),
        ("Type d’acte", detail.related.act_type),
        ("Rapporteur", f"{rapporteur}, {rapporteur.title}".rstrip(", ") if rapporteur else ""),
        ("Thème", dossier.theme),
        ("Ouvert le", typography.date_fr(day(dossier.opened_at), weekday=False)),
        *((field.label, _field(field)) for field in detail.related.fields),
    ]


def _field(field: FieldValue) -> str:
    if field.attachment_id is None:
        return field.shown
    return format_html('<a href="{}">{}</a>', reverse("piece", args=[field.attachment_id]), field.shown)


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
            "label": kind_of(detail.dossier).name.capitalize() if name == "deliberation" else label,
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
    return {"entries": list(reversed(told(detail.journal, kind=wanted.kind))), "kinds": _kinds(detail, wanted.kind)}


def _kinds(detail: Detail, chosen: str) -> list[dict[str, Any]]:
    """The links that keep one kind of entries."""
    url = tab_url(detail, "journal")
    kinds = {"": "Tout", **{kind: label for kind, (label, _) in KINDS.items()}}
    return [
        {"label": label, "url": f"{url}{f'?genre={kind}' if kind else ''}#matiere", "current": kind == chosen}
        for kind, label in kinds.items()
    ]


def _text(detail: Detail, talk: Talk, wanted: Wanted) -> dict[str, Any]:
    label = TABS[wanted.tab]
    # The report of several deliberations is commented where it is written.
    shared = detail.related.lead if wanted.tab == "rapport" else None
    may_comment = talk.may_comment and shared is None
    passages, gone = talk.on_text(TEXTS[wanted.tab], writing=wanted.passage if may_comment else None)
    return {
        "may_comment": may_comment,
        "shared": shared,
        "passages": passages,
        "gone": gone,
        "commenting": wanted.commenting and may_comment,
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
    if name == "report" and detail.dossier.lead is not None:
        return report_of(detail.dossier)
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
    waiting = being_scanned(annex)
    kept = [word for said, word in _flags_told(annex) if said]
    return {
        "waiting": waiting,
        "preview_url": reverse("piece_page", args=[annex.id, 1]) if annex.media_type in SHOWN and not waiting else "",
        "pages": annex.pages,
        "old": annex.replaces,
        "id": annex.id,
        "title": annex.title,
        "url": reverse("piece", args=[annex.id]),
        "filename": annex.name,
        "size": size_fr(annex.size),
        "transmitted": annex.to_control,
        "at": annex.added_at,
        "note": ", ".join(kept),
    }


def _flags_told(annex: Attachment) -> list[tuple[bool, str]]:
    """What an annex is that every annex is not; a confidential one is neither published nor in the booklet."""
    return [
        (annex.confidential, "confidentielle"),
        (not annex.published and not annex.confidential, "non publiée"),
        (not annex.in_booklet and not annex.confidential, "hors du recueil des élus"),
    ]
