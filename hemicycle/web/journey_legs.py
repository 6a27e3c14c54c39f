"""The stations of a journey after the circuit: what each is known by, what it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field

from hemicycle.dossier.stages import Stage

S = Stage


@dataclass(frozen=True, kw_only=True)
class Leg:
    """A station after the circuit: known by the stage of the dossier and by the events of the journal."""

    label: str
    #: The events told in its panel.
    events: tuple[str, ...]
    #: Stages at which the dossier waits there, and the word under the station.
    here: dict[Stage, str] = field(default_factory=dict)
    #: Stages at which it was turned down there.
    refused: dict[Stage, str] = field(default_factory=dict)
    #: How the titles of the documents that it leaves begin or end.
    papers: tuple[str, ...] = ()


#: No stage of the dossier is theirs: only what was sent says where it is.
PARTNERS = Leg(
    label="Partenaires",
    events=(
        "distribution.returned_to_direction",
        "distribution.notice_prepared",
        "distribution.notice_sent",
        "distribution.notice_opened",
        "distribution.notice_downloaded",
    ),
    papers=("Lettre à ", "Courriel à "),
)
PUBLISHED = Leg(
    label="Publié",
    events=("publication.published", "publication.no_longer_executory"),
    here={S.ACKNOWLEDGED: "à publier"},
    papers=("datée de la mise en ligne",),
)
#: In place of the publication, for an act made known to the person it is about.
NOTIFIED = Leg(
    label="Notifié",
    events=("publication.notified", "publication.no_longer_executory"),
    here={S.ACKNOWLEDGED: "à notifier"},
    papers=("Preuve de notification",),
)
LEGS: tuple[Leg, ...] = (
    Leg(
        label="Séance",
        events=("sitting.put_on_agenda", "sitting.taken_off_agenda", "sitting.item_adjourned"),
        here={S.READY: "à inscrire"},
    ),
    Leg(label="Vote", events=("sitting.vote_recorded",), here={S.ON_AGENDA: "attendu"}, refused={S.REJECTED: "rejeté"}),
    Leg(
        label="Signé",
        events=(
            "signing.act_drawn_up",
            "signing.signature_entrusted",
            "signing.signature_ordered",
            "signing.signature_brought",
            "signing.asked_elsewhere",
            "signing.signature_added",
            "signing.signature_refused",
            "signing.signature_recorded",
        ),
        here={S.ADOPTED: "mise en forme", S.TO_SIGN: "à signer"},
        papers=(", avant signature", ", signée", ", signé"),
    ),
    Leg(
        label="Préfecture",
        events=(
            "transmission.departure_prepared",
            "transmission.departs_again",
            "transmission.deposit_recorded",
            "transmission.anomaly_recorded",
            "transmission.acknowledgement_recorded",
            "transmission.message_applied",
            "transmission.cancellation_asked",
            "transmission.cancellation_confirmed",
            "transmission.cancellation_refused",
            "transmission.cancelled",
            "correspondence.letter_received",
            "correspondence.reply_deposited",
            "correspondence.reply_received",
            "correspondence.letter_settled",
        ),
        here={S.SIGNED: "à transmettre", S.TRANSMITTED: "transmis"},
        refused={S.REFUSED_BY_PREFECTURE: "refusé", S.TRANSMISSION_CANCELLED: "annulé"},
        papers=(
            "Accusé de réception",
            "Anomalie signalée",
            "Enveloppe partie",
            ", copie tamponnée",
            "Lettre d’observations",
            "Demande de pièces",
            "Courrier simple",
            "Déféré au tribunal",
        ),
    ),
    PUBLISHED,
    PARTNERS,
    Leg(
        label="Archivé",
        events=(
            "archiving.package_built",
            "archiving.deposit_recorded",
            "archiving.reply_recorded",
            "archiving.deposit_again",
        ),
        here={S.PUBLISHED: "à verser", S.NOTIFIED: "à verser", S.DEPOSITED: "versé"},
        refused={S.REFUSED_BY_ARCHIVE: "refusé"},
        papers=("Paquet de versement", "Réponse de l’archive"),
    ),
)

#: In place of the sitting and of the vote, for an act of the president.
TAKEN = Leg(label="Pris", events=("sitting.decision_taken",), here={S.READY: "à prendre"})

#: How far along each stage is: its place in the chain, a refusal being where it was met.
ORDER: dict[Stage, int] = {stage: place for place, stage in enumerate(Stage)}
