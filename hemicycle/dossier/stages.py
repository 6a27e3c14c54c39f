"""The stages of a dossier and the ONE table of moves between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.db import models


class Stage(models.TextChoices):
    DRAFTING = "drafting", "en rédaction"
    IN_CIRCUIT = "in_circuit", "en circuit de visas"
    TO_CORRECT = "to_correct", "à corriger"
    READY = "ready", "prêt pour une séance"
    ON_AGENDA = "on_agenda", "inscrit à l’ordre du jour"
    ADOPTED = "adopted", "adopté"
    REJECTED = "rejected", "rejeté"
    TO_SIGN = "to_sign", "à signer"
    SIGNED = "signed", "signé"
    TRANSMITTED = "transmitted", "transmis à la préfecture"
    REFUSED_BY_PREFECTURE = "refused_by_prefecture", "refusé par la préfecture"
    TRANSMISSION_CANCELLED = "transmission_cancelled", "transmission annulée"
    ACKNOWLEDGED = "acknowledged", "reçu par la préfecture"
    PUBLISHED = "published", "publié"
    #: Made known to the person it is about, and to nobody else.
    NOTIFIED = "notified", "notifié"
    DEPOSITED = "deposited", "versé à l’archive"
    REFUSED_BY_ARCHIVE = "refused_by_archive", "refusé par l’archive"
    ARCHIVED = "archived", "archivé"
    WITHDRAWN = "withdrawn", "retiré"


#: Known to those it concerns, and to be kept in the archive.
MADE_PUBLIC = (Stage.PUBLISHED, Stage.NOTIFIED)


class Move(Enum):
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"
    RESUBMITTED = "resubmitted"
    CIRCUIT_COMPLETED = "circuit_completed"
    VALIDATED_IN_EMERGENCY = "validated_in_emergency"
    VISA_TAKEN_BACK = "visa_taken_back"
    PUT_ON_AGENDA = "put_on_agenda"
    TAKEN_OFF_AGENDA = "taken_off_agenda"
    ADJOURNED = "adjourned"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    DECISION_TAKEN = "decision_taken"
    NUMBER_CANCELLED = "number_cancelled"
    ACT_DRAWN_UP = "act_drawn_up"
    SIGNATURE_REFUSED = "signature_refused"
    SIGNATURE_RECORDED = "signature_recorded"
    DEPOSITED_AT_TDT = "deposited_at_tdt"
    ACKNOWLEDGED = "acknowledged"
    ANOMALY_RECORDED = "anomaly_recorded"
    ACKNOWLEDGED_LATE = "acknowledged_late"
    TRANSMISSION_CANCELLED = "transmission_cancelled"
    DEPARTS_AGAIN = "departs_again"
    PUBLISHED = "published"
    NOTIFIED = "notified"
    DEPOSITED_AT_SAE = "deposited_at_sae"
    DEPOSIT_ACCEPTED = "deposit_accepted"
    DEPOSIT_REFUSED = "deposit_refused"
    DEPOSIT_AGAIN = "deposit_again"
    NOTIFIED_DEPOSIT_AGAIN = "notified_deposit_again"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One line of the table: from which stages, to which, and what happened in the words of the trade."""

    sources: tuple[Stage, ...]
    target: Stage
    label: str


S, M = Stage, Move

MOVES: dict[Move, Passage] = {
    M.SUBMITTED: Passage(sources=(S.DRAFTING,), target=S.IN_CIRCUIT, label="soumis au circuit"),
    M.SENT_BACK: Passage(sources=(S.IN_CIRCUIT,), target=S.TO_CORRECT, label="renvoyé pour correction"),
    M.RESUBMITTED: Passage(sources=(S.TO_CORRECT,), target=S.IN_CIRCUIT, label="soumis de nouveau"),
    M.CIRCUIT_COMPLETED: Passage(sources=(S.IN_CIRCUIT,), target=S.READY, label="visas tous donnés"),
    M.VALIDATED_IN_EMERGENCY: Passage(sources=(S.IN_CIRCUIT,), target=S.READY, label="validé en urgence"),
    M.VISA_TAKEN_BACK: Passage(sources=(S.READY,), target=S.IN_CIRCUIT, label="dernier visa repris"),
    M.PUT_ON_AGENDA: Passage(sources=(S.READY,), target=S.ON_AGENDA, label="inscrit à l’ordre du jour"),
    M.TAKEN_OFF_AGENDA: Passage(sources=(S.ON_AGENDA,), target=S.READY, label="retiré de l’ordre du jour"),
    M.ADJOURNED: Passage(sources=(S.ON_AGENDA,), target=S.READY, label="ajourné en séance"),
    M.ADOPTED: Passage(sources=(S.ON_AGENDA,), target=S.ADOPTED, label="adopté et numéroté"),
    M.REJECTED: Passage(sources=(S.ON_AGENDA,), target=S.REJECTED, label="rejeté"),
    M.DECISION_TAKEN: Passage(sources=(S.READY,), target=S.ADOPTED, label="pris et numéroté"),
    M.NUMBER_CANCELLED: Passage(
        sources=(S.ADOPTED, S.TO_SIGN, S.REFUSED_BY_PREFECTURE), target=S.WITHDRAWN, label="numéro annulé"
    ),
    M.ACT_DRAWN_UP: Passage(sources=(S.ADOPTED,), target=S.TO_SIGN, label="acte mis en forme"),
    M.SIGNATURE_REFUSED: Passage(sources=(S.TO_SIGN,), target=S.ADOPTED, label="signature refusée"),
    M.SIGNATURE_RECORDED: Passage(sources=(S.TO_SIGN,), target=S.SIGNED, label="signé"),
    M.DEPOSITED_AT_TDT: Passage(sources=(S.SIGNED,), target=S.TRANSMITTED, label="transmis"),
    M.ACKNOWLEDGED: Passage(sources=(S.TRANSMITTED,), target=S.ACKNOWLEDGED, label="accusé de réception"),
    M.ANOMALY_RECORDED: Passage(
        sources=(S.SIGNED, S.TRANSMITTED), target=S.REFUSED_BY_PREFECTURE, label="anomalie signalée"
    ),
    M.ACKNOWLEDGED_LATE: Passage(
        sources=(S.SIGNED, S.REFUSED_BY_PREFECTURE),
        target=S.ACKNOWLEDGED,
        label="accusé de réception appliqué par une personne",
    ),
    M.TRANSMISSION_CANCELLED: Passage(
        sources=(S.ACKNOWLEDGED, S.PUBLISHED, S.NOTIFIED, S.DEPOSITED, S.REFUSED_BY_ARCHIVE, S.ARCHIVED),
        target=S.TRANSMISSION_CANCELLED,
        label="transmission annulée",
    ),
    M.DEPARTS_AGAIN: Passage(
        sources=(S.REFUSED_BY_PREFECTURE, S.TRANSMISSION_CANCELLED), target=S.SIGNED, label="transmission à refaire"
    ),
    M.PUBLISHED: Passage(sources=(S.ACKNOWLEDGED,), target=S.PUBLISHED, label="mis en ligne"),
    M.NOTIFIED: Passage(sources=(S.ACKNOWLEDGED,), target=S.NOTIFIED, label="notifié"),
    M.DEPOSITED_AT_SAE: Passage(sources=(S.PUBLISHED, S.NOTIFIED), target=S.DEPOSITED, label="versé"),
    M.DEPOSIT_ACCEPTED: Passage(sources=(S.DEPOSITED,), target=S.ARCHIVED, label="versement accepté"),
    M.DEPOSIT_REFUSED: Passage(
        sources=(S.PUBLISHED, S.NOTIFIED, S.DEPOSITED), target=S.REFUSED_BY_ARCHIVE, label="versement refusé"
    ),
    M.DEPOSIT_AGAIN: Passage(sources=(S.REFUSED_BY_ARCHIVE,), target=S.PUBLISHED, label="versement à refaire"),
    M.NOTIFIED_DEPOSIT_AGAIN: Passage(
        sources=(S.REFUSED_BY_ARCHIVE,), target=S.NOTIFIED, label="versement à refaire, acte notifié"
    ),
    M.WITHDRAWN: Passage(sources=(S.DRAFTING, S.IN_CIRCUIT, S.TO_CORRECT, S.READY), target=S.WITHDRAWN, label="retiré"),
}
