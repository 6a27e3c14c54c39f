"""Each kind of news in French: what is expected, or what happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from hemicycle.chain.telling.queries import Kind, Line
from hemicycle.texts.typography import date_fr, of_fr

#: What waits for the reader: counted by name in the first sentence.
EXPECTED: dict[Kind, tuple[str, str]] = {
    Kind.LATE: ("1 visa est en retard chez vous", "{n} visas sont en retard chez vous"),
    Kind.VISA: ("1 visa vous attend", "{n} visas vous attendent"),
    Kind.SIGNATURE: ("1 acte attend votre signature", "{n} actes attendent votre signature"),
    Kind.LETTER: ("1 courrier de la préfecture est à suivre", "{n} courriers de la préfecture sont à suivre"),
    Kind.OPINION_ASKED: ("1 avis vous est demandé", "{n} avis vous sont demandés"),
    Kind.SENT_BACK: ("1 dossier vous est renvoyé", "{n} dossiers vous sont renvoyés"),
    Kind.INFECTED: ("1 annexe est écartée par l’antivirus", "{n} annexes sont écartées par l’antivirus"),
    Kind.OPINION_GIVEN: ("1 avis que vous avez demandé est donné", "{n} avis que vous avez demandés sont donnés"),
    Kind.CALLED: ("1 commentaire s’adresse à vous", "{n} commentaires s’adressent à vous"),
}
BODIES = {"CD": "du conseil départemental", "CP": "de la commission permanente"}


def counted(kind: Kind, number: int) -> str:
    one, many = EXPECTED[kind]
    return one if number == 1 else many.format(n=number)


def headline(line: Line) -> str:
    """What a letter of that line alone says first; nothing of the dossier's content."""
    if line.kind == Kind.FATE:
        return f"{FATES[line.facts['event']][0]}."
    if line.kind == Kind.LETTER:
        return f"{LETTERS[line.facts['event']][0]}."
    if line.kind == Kind.PROGRESS:
        return f"{STEPS.get(line.facts['event'], ('Votre dossier avance dans son circuit', None))[0]}."
    if line.kind == Kind.CALLED and line.facts.get("how") == "answered":
        return "On répond à votre commentaire."
    return HEADLINES[line.kind]


HEADLINES: dict[Kind, str] = {
    Kind.LATE: "Votre visa est en retard.",
    Kind.VISA: "Votre visa est attendu.",
    Kind.SIGNATURE: "Votre signature est attendue.",
    Kind.OPINION_ASKED: "Votre avis est demandé.",
    Kind.SENT_BACK: "Votre dossier vous est renvoyé pour correction.",
    Kind.INFECTED: "L’antivirus écarte une annexe de votre dossier.",
    Kind.OPINION_GIVEN: "L’avis que vous avez demandé est donné.",
    Kind.CALLED: "On vous appelle dans un commentaire.",
    Kind.DEADLINE: "Une séance approche et votre dossier n’est pas prêt.",
    Kind.TEXT_CHANGED: "Le texte a changé depuis votre visa.",
    Kind.COMMENT: "Un commentaire est écrit sur votre dossier.",
}


def _day(iso: str) -> str:
    return date_fr(dt.date.fromisoformat(iso)) if iso else ""


def _before(facts: Mapping[str, Any]) -> str:
    return f", avant le {_day(facts['due_on'])} au soir" if facts.get("due_on") else ""


def _in_place(line: Line) -> str:
    return f" En l’absence {of_fr(line.on_behalf_of.full_name)}." if line.on_behalf_of else ""


def _visa(line: Line) -> str:
    facts = line.facts
    return (
        f"Votre visa est attendu ({facts['step']}), sur la version {facts['version']}{_before(facts)}.{_in_place(line)}"
    )


def _late(line: Line) -> str:
    facts = line.facts
    return f"Votre visa ({facts['step']}) était attendu avant le {_day(facts['due_on'])} au soir.{_in_place(line)}"


def _signature(line: Line) -> str:
    facts = line.facts
    rank = f", signature {facts['rank']} sur {facts['of']}" if facts["of"] > 1 else ""
    stead = f" Vous signez par délégation {of_fr(line.on_behalf_of.full_name)}." if line.on_behalf_of else ""
    return f"L’acte {facts['number']} attend votre signature ({facts['capacity']}{rank}).{stead}"


def _opinion(line: Line) -> str:
    facts = line.facts
    who = facts.get("asked_by") or "Le circuit"
    return f"{who} demande votre avis sur la version {facts['version']}{_before(facts)}.{_in_place(line)}"


def _sent_back(line: Line) -> str:
    facts = line.facts
    return f"{facts['who']} ({facts['step']}) demande une correction de la version {facts['version']}."


def _infected(line: Line) -> str:
    facts = line.facts
    return (
        f"L’antivirus a trouvé un logiciel malveillant dans l’annexe « {facts['title']} » ({facts['file']}) : elle est "
        "écartée et n’a été remise à personne ; joignez un fichier sain."
    )


def _advised(line: Line) -> str:
    return f"{line.facts['who']} donne l’avis que vous avez demandé ; le dossier vous attend de nouveau."


def _called(line: Line) -> str:
    facts = line.facts
    place = f" ({facts['place']})" if facts.get("place") else ""
    deed = "répond dans une conversation où vous avez écrit" if facts.get("how") == "answered" else "vous appelle"
    return f"{facts['who']} {deed}{place}."


def _commented(line: Line) -> str:
    facts = line.facts
    place = f" ({facts['place']})" if facts.get("place") else ""
    return f"{facts['who']} écrit un commentaire{place}."


def _deadline(line: Line) -> str:
    facts = line.facts
    return (
        f"La séance {BODIES[facts['body']]} du {_day(facts['held'])} se convoque au plus tard le {_day(facts['by'])} : "
        "votre dossier doit être prêt d’ici là, tous ses visas donnés."
    )


def _changed(line: Line) -> str:
    facts = line.facts
    again = "il vous sera demandé de nouveau" if facts.get("again") else "il reste acquis"
    return (
        f"Votre visa ({facts['step']}), donné sur la version {facts['given_on']}, est suivi d’une version "
        f"{facts['version']} par {facts['who']} : {again}."
    )


Told = Callable[[Mapping[str, Any]], str]

#: Event → headline, sentence.
STEPS: dict[str, tuple[str, Told]] = {
    "circuit.visa_given": (
        "Votre dossier est visé",
        lambda f: f"{f['who']} ({f['step']}) vise la version {f['version']}{' avec réserve' if f['reserved'] else ''}.",
    ),
    "circuit.completed": (
        "Votre dossier est prêt pour une séance",
        lambda f: f"Tous les visas sont donnés sur la version {f['version']} : le dossier est prêt pour une séance.",
    ),
    "circuit.amended": (
        "Le texte de votre dossier est modifié",
        lambda f: f"{f['who']} ({f['step']}) modifie le texte : version {f['version']}.",
    ),
    "circuit.sent_back_to": (
        "Votre dossier revient à une étape précédente",
        lambda f: f"{f['who']} renvoie le dossier à une étape précédente de son circuit.",
    ),
    "circuit.passed_on": (
        "Votre dossier passe à une étape suivante",
        lambda f: f"{f['who']} fait passer le dossier à une étape suivante de son circuit.",
    ),
    "circuit.validated_in_emergency": (
        "Votre dossier est validé en urgence",
        lambda f: f"{f['who']} valide la version {f['version']} en urgence : le dossier est prêt pour une séance.",
    ),
    "circuit.visa_taken_back": (
        "Un visa est repris sur votre dossier",
        lambda f: f"{f['who']} ({f['step']}) reprend son visa.",
    ),
}
FATES: dict[str, tuple[str, Told]] = {
    "sitting.vote_recorded": (
        "Votre dossier est voté",
        lambda f: f"Adopté : c’est l’acte {f['number']}." if f["adopted"] else "Rejeté en séance.",
    ),
    "sitting.decision_taken": (
        "Votre acte est pris",
        lambda f: f"Il porte le numéro {f['number']} et part à la signature.",
    ),
    "sitting.item_adjourned": (
        "L’examen de votre dossier est ajourné",
        lambda _f: "L’examen est ajourné : le dossier attend une autre séance.",
    ),
    "signing.signature_recorded": ("L’acte est signé", lambda f: f"L’acte {f['number']} est signé."),
    "signing.signature_refused": (
        "La signature est refusée",
        lambda f: f"Le signataire refuse l’acte {f['number']}.",
    ),
    "transmission.acknowledgement_recorded": (
        "La préfecture a reçu l’acte",
        lambda _f: "La préfecture a accusé réception de l’acte.",
    ),
    "transmission.anomaly_recorded": (
        "La préfecture signale une anomalie",
        lambda _f: "La préfecture signale une anomalie dans l’envoi ; le service des assemblées la traite.",
    ),
    "transmission.answer_missing": (
        "La préfecture n’a pas répondu",
        lambda _f: "Aucun accusé de réception depuis plus d’un jour ouvré : appelez l’opérateur, puis la préfecture.",
    ),
    "correspondence.reply_deposited": (
        "La réponse à la préfecture est envoyée",
        lambda _f: "La réponse préparée pour la préfecture est partie par le tiers de télétransmission.",
    ),
    "transmission.cancellation_asked": (
        "L’annulation d’une transmission est à décider",
        lambda f: f"{f['who']} demande d’annuler la transmission de l’acte : une autre personne doit la confirmer.",
    ),
    "transmission.cancellation_declined": (
        "L’annulation d’une transmission est écartée",
        lambda f: f"{f['who']} écarte l’annulation demandée : la transmission demeure.",
    ),
    "transmission.cancellation_refused": (
        "L’annulation d’une transmission est refusée",
        lambda _f: "L’annulation est refusée : l’accusé de réception de la préfecture demeure.",
    ),
    "transmission.cancelled": (
        "La transmission de l’acte est annulée",
        lambda _f: "La préfecture a pris note de l’annulation : l’acte n’est plus exécutoire.",
    ),
    "publication.notified": (
        "L’acte est notifié",
        lambda f: f"La notification de l’acte {f['number']} est enregistrée.",
    ),
    "distribution.returned_to_direction": (
        "L’acte revient à votre direction",
        lambda _f: "L’acte exécuté est rendu à votre direction : accusez réception sur sa page.",
    ),
}
#: Of the letters of the préfecture: event → headline, sentence.
LETTERS: dict[str, tuple[str, Told]] = {
    "correspondence.letter_received": (
        "Un courrier de la préfecture est arrivé",
        lambda f: (
            f"La préfecture adresse un courrier ({f['kind']}), à traiter au plus tard le {_day(f['due_on'])}"
            f"{'' if f['legal'] else ' (repère : aucun texte ne fixe ce jour)'}."
        ),
    ),
    "correspondence.reply_prepared": (
        "Une réponse à la préfecture est prête à partir",
        lambda f: f"{f['who']} a préparé la réponse ({f['answer']}) : relisez-la et envoyez-la.",
    ),
    "correspondence.reply_refused": (
        "La réponse à la préfecture n’est pas partie",
        lambda f: f"La réponse au courrier ({f['kind']}) a été refusée ; le courrier attend une autre réponse.",
    ),
}


def sentence(line: Line) -> str:
    """The same with who, which version, before when."""
    if line.kind == Kind.FATE:
        return FATES[line.facts["event"]][1](line.facts)
    if line.kind == Kind.LETTER:
        return LETTERS[line.facts["event"]][1](line.facts)
    if line.kind == Kind.PROGRESS:
        told = STEPS.get(line.facts["event"])
        return told[1](line.facts) if told else headline(line)
    return SENTENCES[line.kind](line)


SENTENCES: dict[Kind, Callable[[Line], str]] = {
    Kind.LATE: _late,
    Kind.VISA: _visa,
    Kind.SIGNATURE: _signature,
    Kind.OPINION_ASKED: _opinion,
    Kind.SENT_BACK: _sent_back,
    Kind.INFECTED: _infected,
    Kind.OPINION_GIVEN: _advised,
    Kind.CALLED: _called,
    Kind.DEADLINE: _deadline,
    Kind.TEXT_CHANGED: _changed,
    Kind.COMMENT: _commented,
}


#: Event → the fact that holds somebody's own words, where it is not a reason nor a question.
OWN_WORDS = {
    "circuit.opinion_given": "text",
    "correspondence.letter_received": "detail",
    "correspondence.reply_refused": "detail",
}


def words_of(line: Line) -> str:
    """Somebody's own words: a reason, a question, a reservation, a comment that the reader may read."""
    if line.words:
        return line.words
    name = OWN_WORDS.get(str(line.facts.get("event")), "")
    said = line.facts.get(name) or line.facts.get("question") or line.facts.get("reason") or line.facts.get("remark")
    return str(said or "")
