"""The ONE table: event name → what follows automatically. An event that is not here has no consequence."""

from __future__ import annotations

from collections.abc import Callable

from hemicycle.couriers import (
    acts,
    antivirus,
    archive,
    connectors,
    correspondence,
    index,
    prefecture,
    recipients,
    seals,
    signature,
    summonses,
    telling,
)
from hemicycle.couriers.outcomes import Outcome
from hemicycle.couriers.world import World
from hemicycle.dossier.outbox import Task

Carrier = Callable[[Task, World], Outcome]

ITINERARY: dict[str, tuple[Carrier, ...]] = {
    "drafting.dossier_opened": (index.index_dossier,),
    "drafting.dossier_described": (index.index_dossier, acts.try_act),
    "drafting.dossier_duplicated": (index.index_dossier,),
    "drafting.deliberation_added": (index.index_dossier,),
    "drafting.text_saved": (index.index_dossier, acts.try_act),
    "drafting.text_imported": (index.index_dossier, acts.try_act),
    "drafting.text_restored": (index.index_dossier, acts.try_act),
    "drafting.model_applied": (index.index_dossier, acts.try_act),
    "drafting.annex_attached": (
        antivirus.scan_annex,
        index.index_dossier,
        acts.try_act,
    ),
    "drafting.annex_replaced": (
        antivirus.scan_annex,
        index.index_dossier,
        acts.try_act,
    ),
    "drafting.annex_described": (index.index_dossier, acts.try_act),
    "drafting.annex_infected": (index.index_dossier, telling.note_event),
    "drafting.annex_removed": (index.index_dossier, acts.try_act),
    "drafting.comment_written": (index.index_dossier, telling.note_event),
    "circuit.amended": (index.index_dossier, acts.try_act, telling.note_event),
    "circuit.submitted": (telling.note_event,),
    "circuit.visa_given": (telling.note_event,),
    "circuit.sent_back": (telling.note_event,),
    "circuit.sent_back_to": (telling.note_event,),
    "circuit.completed": (telling.note_event,),
    "circuit.opinion_asked": (telling.note_event,),
    "circuit.opinion_given": (telling.note_event,),
    "circuit.passed_on": (telling.note_event,),
    "circuit.validated_in_emergency": (telling.note_event,),
    "circuit.visa_taken_back": (telling.note_event,),
    "circuit.released": (telling.note_event,),
    "circuit.step_reassigned": (telling.note_event,),
    "circuit.absence_declared": (telling.note_event,),
    "sitting.convened": (summonses.send_summonses,),
    "sitting.vote_recorded": (acts.draw_up_act, prefecture.check_act, index.index_dossier, telling.note_event),
    "sitting.decision_taken": (acts.draw_up_act, index.index_dossier, telling.note_event),
    "sitting.item_adjourned": (telling.note_event,),
    "signing.act_drawn_up": (prefecture.check_act, telling.note_event),
    "signing.signature_ordered": (signature.sign,),
    "signing.signature_brought": (signature.verify_brought,),
    "signing.signature_added": (telling.note_event,),
    "signing.signature_entrusted": (prefecture.check_act, telling.note_event),
    "signing.signature_recorded": (prefecture.prepare_departure, telling.note_event),
    "signing.signature_refused": (telling.note_event,),
    "transmission.filing_corrected": (prefecture.check_act,),
    "transmission.classification_stored": (prefecture.check_act,),
    "transmission.classification_asked": (prefecture.fetch_classification,),
    "transmission.tdt_asked": (prefecture.ask_about_deposit,),
    "transmission.answer_missing": (telling.note_event,),
    "transmission.departs_again": (prefecture.prepare_departure,),
    "transmission.departure_prepared": (prefecture.deposit_act,),
    "transmission.deposit_recorded": (prefecture.fetch_envelope, prefecture.collect_acknowledgement),
    "transmission.acknowledgement_recorded": (
        prefecture.stamp_copy,
        recipients.return_to_direction,
        telling.note_event,
    ),
    "transmission.stamped_copy_made": (seals.seal_copy,),
    "registers.extract_certified": (seals.seal_copy,),
    "transmission.anomaly_recorded": (telling.note_event,),
    "correspondence.letter_received": (telling.note_event,),
    "correspondence.reply_prepared": (telling.note_event,),
    "correspondence.reply_ordered": (correspondence.deposit_reply,),
    "correspondence.reply_deposited": (correspondence.collect_reply_receipt, telling.note_event),
    "correspondence.reply_refused": (telling.note_event,),
    "distribution.notice_prepared": (recipients.send_notice,),
    "distribution.returned_to_direction": (telling.note_event,),
    "publication.published": (prefecture.stamp_copy, archive.build_package),
    "archiving.deposit_again": (archive.build_package,),
    "archiving.package_built": (archive.deposit_package,),
    "archiving.deposit_recorded": (archive.collect_reply,),
    "connectors.check_asked": (connectors.check_system,),
    "connectors.alarm_raised": (connectors.tell_administrators,),
}

CARRIERS: dict[str, Carrier] = {carrier.__name__: carrier for carriers in ITINERARY.values() for carrier in carriers}
