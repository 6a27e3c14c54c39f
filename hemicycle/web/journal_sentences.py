"""What each event of the journal says in French, after the name of whoever acted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from hemicycle.texts import typography
from hemicycle.web import (
    journal_definitions,
    journal_of_connectors,
    journal_of_letters,
    journal_of_models,
    journal_of_printing,
    journal_of_signing,
    journal_of_transmission,
)

Facts = Mapping[str, Any]
TEXTS = {"report": "le rapport", "deliberation": "le projet de délibération"}
BODIES = {"CD": "du conseil départemental", "CP": "de la commission permanente"}
FIELDS = {
    "body": "assemblée",
    "object": "objet",
    "subject_code": "matière",
    "theme": "thème",
    "rapporteur_id": "rapporteur",
    "amount": "montant",
    "target_date": "séance visée",
    "act_type": "type d’acte",
}


def sentence(event: str, facts: Facts) -> str:
    """« a visé la version 3 (Juridique) »; the event's own name where nobody wrote its sentence yet."""
    write = SENTENCES.get(event)
    if write is None:
        return f"a fait « {event} »"
    return write if isinstance(write, str) else write(facts)


def comment(event: str, facts: Facts) -> str:
    """The words of the person themselves, shown apart from the sentence."""
    name = COMMENTS.get(event)
    if name is None:
        return ""
    said = facts.get(name) or ""
    return "\n".join(said) if isinstance(said, list) else str(said)


def _described(facts: Facts) -> str:
    names = [FIELDS.get(name, name) for name in facts["changes"]]
    return f"a modifié la description : {', '.join(names)}"


def _annexed(facts: Facts) -> str:
    fate = "transmise au contrôle de légalité" if facts["to_control"] else "interne au dossier"
    return f"a joint l’annexe « {facts['title']} » ({facts['file']}, {fate})"


def _annex_replaced(facts: Facts) -> str:
    return f"a remplacé l’annexe « {facts['title']} » : {facts['replaced_file']} laisse la place à {facts['file']}"


ANNEX_FIELDS = {
    "title": "titre",
    "to_control": "transmission au contrôle de légalité",
    "type_code": "type de pièce",
    "published": "publication",
    "in_booklet": "recueil des élus",
    "confidential": "confidentialité",
}


def _annex_described(facts: Facts) -> str:
    names = [ANNEX_FIELDS.get(name, name) for name in facts["changes"]]
    return f"a modifié l’annexe « {facts['title']} » : {', '.join(names)}"


def _infected(facts: Facts) -> str:
    return f"a écarté l’annexe « {facts['title']} » ({facts['file']}) : l’antivirus y a trouvé {facts['threat']}"


def _commented(facts: Facts) -> str:
    deed = "a répondu à un commentaire" if facts.get("answers") else "a écrit un commentaire"
    place = f" ({facts['place']})" if facts.get("place") else ""
    unit = f", interne à « {facts['internal_to']} »" if facts.get("internal_to") else ""
    return f"{deed}{place}{unit}"


def _settled(deed: str) -> Callable[[Facts], str]:
    return lambda f: f"{deed} le commentaire de {f['author']}" + (f" ({f['place']})" if f["place"] else "")


def _restored(facts: Facts) -> str:
    texts = " et ".join(TEXTS[text] for text in facts["texts"])
    kept = f" ; ce qui s’y trouvait est gardé dans la version {facts['kept']}" if facts["kept"] else ""
    return f"a remis {texts} de la version {facts['version']}{kept}"


def _moment(iso: str) -> str:
    return typography.datetime_fr(timezone.localtime(dt.datetime.fromisoformat(iso)))


def _voted(facts: Facts) -> str:
    fate = f"adopté, numéro {facts['number']}" if facts["adopted"] else "rejeté"
    casting = " ; la voix du président a été prépondérante" if facts["casting"] else ""
    count = f"{facts['for_']} pour, {facts['against']} contre, {facts['abstentions']} abstention(s)"
    return f"a enregistré le vote : {fate} ({count}, {facts['no_part']} sans prendre part{casting})"


def _sent_back_to(facts: Facts) -> str:
    undone = f" ; visas annulés : {', '.join(facts['annulled'])}" if facts["annulled"] else ""
    return f"a renvoyé la version {facts['version']} à l’étape « {facts['to']} » ({facts['step']}){undone}"


def _passed_on(facts: Facts) -> str:
    waived = f", sans le visa : {', '.join(facts['waived'])}" if facts["waived"] else ""
    return f"a fait passer la version {facts['version']} à l’étape « {facts['to']} »{waived}"


def _deposited(facts: Facts) -> str:
    again = ", retrouvé après une issue inconnue" if facts["reconciled"] else ""
    return f"a déposé l’acte à la préfecture (transaction {facts['tdt_id']}{again})"


def _archived(facts: Facts) -> str:
    again = ", retrouvé après une issue inconnue" if facts["reconciled"] else ""
    return f"a versé le dossier à l’archive (opération {facts['operation']}{again})"


SENTENCES: dict[str, str | Callable[[Facts], str]] = {
    "finding.filter_saved": lambda f: f"a gardé le filtre « {f['filter']} »",
    "finding.filter_removed": lambda f: f"a cessé de garder le filtre « {f['filter']} »",
    "drafting.dossier_opened": lambda f: f"a ouvert le dossier ({f['unit']})",
    "drafting.dossier_described": _described,
    "drafting.text_saved": lambda f: f"a enregistré {TEXTS[f['text']]}",
    "drafting.writing_taken_over": lambda f: f"a pris la main sur {TEXTS[f['text']]}, qu’écrivait {f['of']}",
    "drafting.text_restored": _restored,
    "drafting.text_imported": lambda f: f"a importé {TEXTS[f['text']]} depuis « {f['file']} »",
    "drafting.annex_attached": _annexed,
    "drafting.annex_replaced": _annex_replaced,
    "drafting.annex_described": _annex_described,
    "drafting.annex_infected": _infected,
    "drafting.annex_removed": lambda f: f"a retiré l’annexe « {f['title']} »",
    "drafting.annexes_ordered": "a ordonné les annexes",
    "drafting.comment_written": _commented,
    "drafting.comment_handled": _settled("a marqué traité"),
    "drafting.comment_reopened": _settled("a rouvert"),
    "drafting.dossier_withdrawn": "a retiré le dossier",
    **journal_of_connectors.SENTENCES,
    **journal_of_models.SENTENCES,
    **journal_of_printing.SENTENCES,
    "circuit.submitted": lambda f: f"a soumis la version {f['version']} au circuit « {f['circuit']} »",
    "circuit.visa_given": lambda f: (
        f"a visé{' avec réserve' if f.get('reserved') else ''} la version {f['version']} ({f['step']})"
    ),
    "circuit.sent_back_to": _sent_back_to,
    "circuit.opinion_asked": lambda f: f"a demandé l’avis de {f['whom']} sur la version {f['version']} ({f['step']})",
    "circuit.opinion_given": lambda f: f"a donné à {f['asked_by']} son avis sur la version {f['version']}",
    "circuit.passed_on": _passed_on,
    "circuit.visa_taken_back": lambda f: (
        f"a repris son visa de la version {f['version']} ({f['step']})"
        + (" ; le dossier n’est plus prêt pour une séance" if f["reopened"] else "")
    ),
    "circuit.validated_in_emergency": lambda f: (
        f"a validé la version {f['version']} en urgence"
        + (f", sans le visa : {', '.join(f['missing'])}" if f["missing"] else "")
    ),
    "circuit.amended": lambda f: (
        f"a modifié {TEXTS[f['text']]} de {f['of']} à son tour de visa ({f['step']}) : c’est la version {f['version']}"
    ),
    "circuit.held": lambda f: f"a mis le dossier en attente ({f['step']})",
    "circuit.released": lambda f: f"a mis fin à l’attente ({f['step']})",
    "circuit.embargo_set": "a mis le dossier sous embargo jusqu’à la convocation",
    "circuit.embargo_lifted": lambda f: "a levé l’embargo" + (f" : {f['why']}" if f["why"] else ""),
    "circuit.step_reassigned": lambda f: (
        f"a confié l’étape « {f['step']} » à {', '.join(f['after'])}, au lieu de {', '.join(f['before']) or 'personne'}"
    ),
    "circuit.carried_along": lambda f: f"a emmené ce dossier avec {f['lead']} : {f['move']}",
    "circuit.sent_back": lambda f: f"a renvoyé la version {f['version']} pour correction ({f['step']})",
    "circuit.completed": lambda f: (
        f"a donné le dernier visa : les {f['visas']} visas portent sur la version "
        f"{f['version']}, le dossier est prêt pour une séance"
    ),
    **journal_definitions.SENTENCES,
    "sitting.planned": lambda f: f"a prévu la séance {BODIES[f['body']]} du {_moment(f['starts_at'])}",
    "sitting.put_on_agenda": "a inscrit le dossier à l’ordre du jour",
    "sitting.taken_off_agenda": "a retiré le dossier de l’ordre du jour",
    "sitting.agenda_ordered": "a ordonné l’ordre du jour",
    "sitting.convened": lambda f: f"a convoqué {f['members']} élus pour {f['items']} rapports ({f['article']})",
    "sitting.summons_sent": lambda f: f"a envoyé la convocation à {f['member']}",
    "sitting.summons_opened": "a ouvert les documents de la séance",
    "sitting.attendance_recorded": lambda f: (
        f"a noté les présences : {f['present']} présents, {f['excused']} excusés, {f['absent']} absents"
    ),
    "sitting.proxy_recorded": lambda f: f"a noté le pouvoir de {f['giver']} à {f['holder']}",
    "sitting.proxy_withdrawn": lambda f: f"a retiré le pouvoir de {f['giver']} à {f['holder']}",
    "sitting.opened": lambda f: (
        f"a ouvert la séance : {f['present']} présents, {f['represented']} représentés, "
        f"quorum de {f['quorum']} ({f['article']})"
    ),
    "sitting.vote_recorded": _voted,
    "sitting.decision_taken": lambda f: f"a pris l’acte ({f['kind']}), numéro {f['number']}, version {f['version']}",
    "sitting.item_adjourned": "a ajourné l’examen du dossier",
    "sitting.closed": lambda f: (
        f"a clos la séance : {f['adopted']} adoptés, {f['rejected']} rejetés, {f['adjourned']} ajournés"
    ),
    "signing.act_drawn_up": lambda f: f"a mis en forme l’acte {f['number']} à signer par {f['signatory']}",
    "signing.signature_ordered": lambda f: f"a lu l’acte {f['number']} et ordonné sa signature ({f['capacity']})",
    "signing.signature_recorded": lambda f: (
        f"a enregistré la signature de l’acte {f['number']} par {f['signer']} (niveau {f['level']})"
    ),
    "signing.signature_refused": lambda f: f"a refusé de signer l’acte {f['number']}",
    **journal_of_signing.SENTENCES,
    "transmission.control_failed": "a trouvé, avant tout envoi, ce que la préfecture refuserait",
    "transmission.control_passed": "a constaté que plus rien ne ferait refuser l’acte par la préfecture",
    "transmission.filing_corrected": lambda f: (
        "a corrigé le classement à la préfecture : "
        + ", ".join(f"{what} {before or 'par défaut'} → {after}" for what, (before, after) in f["changes"].items())
    ),
    **journal_of_transmission.SENTENCES,
    **journal_of_letters.SENTENCES,
    "transmission.departure_prepared": lambda f: f"a préparé l’envoi à la préfecture ({f['unique_id']})",
    "transmission.sending_begun": lambda f: f"a commencé l’envoi à la préfecture, essai {f['attempt']}",
    "transmission.deposit_recorded": _deposited,
    "transmission.envelope_fetched": lambda f: f"a gardé l’enveloppe partie, « {f['file']} »",
    "transmission.acknowledgement_recorded": lambda f: (
        f"a reçu l’accusé de réception de la préfecture, acte "
        f"{f['unique_id']} reçu le {typography.date_fr(dt.date.fromisoformat(f['received_on'][:10]))}"
    ),
    "transmission.anomaly_recorded": lambda f: f"a reçu une anomalie de la préfecture ({f['code']})",
    "transmission.departs_again": lambda f: f"a fait repartir l’envoi, après l’essai {f['after_attempt']} refusé",
    "transmission.stamped_copy_made": "a fait la copie tamponnée de l’acte",
    "transmission.copy_sealed": lambda f: f"a apposé le cachet « {f['seal']} » sur {f['file']}",
    "transmission.classification_stored": lambda f: (
        "a enregistré la classification de la préfecture du "
        f"{typography.date_fr(dt.date.fromisoformat(f['dated'][:10]))}"
    ),
    "distribution.returned_to_direction": lambda f: f"a rendu l’acte à sa direction ({f['unit']})",
    "distribution.return_seen": lambda f: f"a vu l’acte revenu ({f['unit']})",
    "distribution.notice_prepared": lambda f: f"a préparé l’envoi à {f['partner']} pour {f['mode']}",
    "distribution.notice_sent": lambda f: f"a envoyé l’acte à {f['partner']}",
    "distribution.notice_opened": lambda f: f"a constaté l’ouverture par {f['partner']}",
    "distribution.notice_downloaded": lambda f: f"a constaté que {f['partner']} a téléchargé « {f['file']} »",
    "publication.published": lambda f: (
        f"a publié l’acte {f['number']} ; il est exécutoire le "
        f"{typography.date_fr(dt.date.fromisoformat(f['executory_on'][:10]))} ({f['article']})"
    ),
    "publication.notified": lambda f: (
        f"a enregistré la notification de l’acte {f['number']} à {f['addressee']}, le "
        f"{typography.date_fr(dt.date.fromisoformat(f['notified_on'][:10]))} ({f['means']})"
    ),
    "publication.no_longer_executory": lambda f: f"a constaté que l’acte {f['number']} n’est plus exécutoire",
    "archiving.package_built": lambda f: f"a préparé le versement ({f['documents']} documents)",
    "archiving.deposit_begun": "a commencé le versement à l’archive",
    "archiving.deposit_recorded": _archived,
    "archiving.deposit_again": lambda f: f"a fait refaire le versement, après l’essai {f['after_attempt']} refusé",
    "archiving.reply_recorded": lambda f: (
        "a reçu la réponse de l’archive : versement " + ("accepté" if f["accepted"] else f"refusé ({f['code']})")
    ),
}

#: The field of an event that holds someone's own words.
COMMENTS: dict[str, str] = {
    "drafting.text_imported": "notes",
    "drafting.comment_written": "text",
    "drafting.dossier_withdrawn": "reason",
    "circuit.visa_given": "remark",
    "circuit.sent_back": "reason",
    "circuit.sent_back_to": "reason",
    "circuit.opinion_asked": "question",
    "circuit.opinion_given": "text",
    "circuit.passed_on": "reason",
    "circuit.validated_in_emergency": "reason",
    "circuit.amended": "note",
    "circuit.held": "reason",
    "circuit.step_reassigned": "reason",
    "sitting.put_on_agenda": "urgency",
    "sitting.taken_off_agenda": "reason",
    "sitting.convened": "urgency",
    "sitting.vote_recorded": "sentence",
    "sitting.item_adjourned": "reason",
    "signing.signature_refused": "reason",
    "registers.number_cancelled": "reason",
    "transmission.control_failed": "detail",
    **journal_of_transmission.COMMENTS,
    **journal_of_letters.COMMENTS,
    "transmission.anomaly_recorded": "detail",
    "publication.notified": "explanation",
    "publication.no_longer_executory": "explanation",
    "archiving.reply_recorded": "detail",
}
