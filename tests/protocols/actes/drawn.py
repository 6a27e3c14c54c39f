"""Any message of the norm, drawn by hypothesis within its types and well beyond what the schema takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from hemicycle.protocols.actes import Classification, Contact, Emitter, Message
from hemicycle.protocols.actes.classification import NatureEntry
from hemicycle.protocols.actes.envelope import AnomalieEnveloppe, Envelope, EnveloppeCLMISILL, EnveloppeMISILLCL
from hemicycle.protocols.actes.messages import (
    ANSWER_RECEIPTS,
    LETTERS,
    Annulation,
    AnomalieActe,
    ARActe,
    ARAnnulation,
    ARReponse,
    Courrier,
    DefereTA,
    DemandeClassification,
    DonneesActe,
    FichierSigne,
    RetourClassification,
    SansChangement,
    TransmissionActe,
)

#: Any text a person can type, with the blanks around it that no reader keeps already gone.
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aéèÃ©¨ÂœŒ’€ \n\t<&]>\"'"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=40,
).map(str.strip)
DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
NAMES = st.text(alphabet="AZaz09_-", min_size=1, max_size=20).map(lambda name: f"{name}.pdf")
FILES = st.builds(FichierSigne, name=NAMES, signature=st.one_of(st.just(""), TEXTS))
SIRENS = st.integers(0, 999_999_999).map(lambda number: f"{number:09d}")
DEPARTEMENTS = st.sampled_from(["001", "034", "02A", "02B", "972"])
ACT_IDS = st.builds(
    "{}-{}-{:%Y%m%d}-{}-{}".format,
    DEPARTEMENTS,
    SIRENS,
    DAYS,
    st.text(alphabet="AZaz09_", min_size=1, max_size=15),
    st.sampled_from(["DE", "AR", "AI", "CC", "BF", "AU"]),
)


def _announced(acte: DonneesActe) -> DonneesActe:
    return replace(acte, declared_annexes=len(acte.annexes))


ACTES = st.builds(
    DonneesActe,
    decided_on=DAYS,
    number=st.one_of(TEXTS, st.sampled_from(["CP2026_1", "2024-01", "x" * 16])),
    nature=st.integers(0, 9),
    matiere=st.lists(st.integers(0, 99), min_size=1, max_size=6).map(tuple),
    subject=st.one_of(TEXTS, st.just("x" * 501)),
    previous=st.one_of(st.just(""), ACT_IDS),
    classification_date=DAYS,
    document=FILES,
    annexes=st.lists(FILES, max_size=3).map(tuple),
    paper=st.sampled_from(["O", "N", "0", "", None]),
).map(_announced)

LABELS = TEXTS
NATURES = st.builds(
    NatureEntry,
    label=LABELS,
    abbreviation=st.sampled_from(["DE", "AR", "AI", "X"]),
    piece_types=st.dictionaries(st.sampled_from(["99_DE", "41_NC", "99_SE"]), LABELS, max_size=3),
)
CLASSIFICATIONS = st.builds(
    Classification,
    dated=DAYS,
    natures=st.dictionaries(st.integers(1, 6), NATURES, max_size=2),
    matieres=st.dictionaries(
        st.lists(st.integers(1, 2), min_size=1, max_size=3).map(tuple), LABELS, max_size=6
    ),
)  # fmt: skip

MESSAGES: st.SearchStrategy[Message] = st.one_of(
    st.builds(TransmissionActe, acte=ACTES),
    st.builds(ARActe, acte_id=ACT_IDS, received_on=DAYS, acte=ACTES, classification_date=DAYS),
    st.builds(
        AnomalieActe,
        on=DAYS,
        nature=st.sampled_from(["2", "002", "042"]),
        detail=TEXTS,
        acte=ACTES,
        classification_date=DAYS,
    ),
    st.builds(
        Courrier,
        root=st.sampled_from(sorted(LETTERS)),
        acte_id=ACT_IDS,
        dated=DAYS,
        text=st.one_of(TEXTS, st.text(max_size=10).map(str.strip)),
        documents=st.lists(FILES, max_size=3).map(tuple),
    ),
    st.builds(ARReponse, root=st.sampled_from(sorted(ANSWER_RECEIPTS)), acte_id=ACT_IDS, dated=DAYS, received_on=DAYS),
    st.builds(
        DefereTA, acte_id=ACT_IDS, filed_on=DAYS, illegality=TEXTS, documents=st.lists(FILES, max_size=4).map(tuple)
    ),
    st.builds(Annulation, acte_id=st.one_of(ACT_IDS, TEXTS)),
    st.builds(ARAnnulation, acte_id=ACT_IDS, received_on=DAYS),
    st.builds(DemandeClassification, held=st.one_of(st.none(), DAYS)),
    st.builds(RetourClassification, classification=CLASSIFICATIONS),
    st.builds(SansChangement, classification_date=DAYS),
)

EMITTERS = st.builds(
    Emitter,
    siren=SIRENS,
    departement=DEPARTEMENTS,
    arrondissement=st.sampled_from("019"),
    nature=st.sampled_from(["22", "31"]),
)
EMAILS = st.sampled_from(["actes@departement.test", "a.b-c@x.bzh", "a+b@x.fr", "x@y.technology", ""])
CONTACTS = st.builds(Contact, name=TEXTS, telephone=TEXTS, email=EMAILS)
FORMS = st.lists(FILES, max_size=2).map(tuple)
SENT = st.builds(
    EnveloppeCLMISILL,
    emitter=EMITTERS,
    contact=CONTACTS,
    return_addresses=st.lists(EMAILS, max_size=2).map(tuple),
    forms=FORMS,
)
ENVELOPES: st.SearchStrategy[Envelope] = st.one_of(
    SENT,
    st.builds(
        EnveloppeMISILLCL,
        sender=st.sampled_from(["IDSGAR", "IDPref", "IDSousPref"]),
        departement=DEPARTEMENTS,
        arrondissement=st.sampled_from(["", "1"]),
        contact=CONTACTS,
        forms=FORMS,
        siren=SIRENS,
    ),
    st.builds(AnomalieEnveloppe, on=DAYS, nature=st.sampled_from([1, 5, 100, 999]), detail=TEXTS, received=SENT),
)


def well_made(root: str) -> st.SearchStrategy[Message]:
    """Messages of one kind that nothing in the norm forbids: the builder has no reason to refuse them."""
    acte = ACTES.map(_in_order)
    one = FILES.map(lambda file: (file,))
    match root:
        case "Acte":
            return st.builds(TransmissionActe, acte=acte)
        case "ARActe":
            return st.builds(ARActe, acte_id=ACT_IDS, received_on=DAYS, acte=acte, classification_date=DAYS)
        case "AnomalieActe":
            code = st.sampled_from(["001", "002", "999"])
            return st.builds(AnomalieActe, on=DAYS, nature=code, detail=TEXTS, acte=acte, classification_date=DAYS)
        case "RetourClassification":
            held = CLASSIFICATIONS.map(_complete)
            return st.builds(RetourClassification, classification=held)
        case "DemandePieceComplementaire" | "LettreObservations":
            return _letters(root, one, TEXTS)
        case "ARDemandePieceComplementaire" | "ARLettreObservations":
            return _letters(root, st.just(()), st.just(""))
        case "PieceComplementaire":
            return _letters(root, st.lists(FILES, min_size=1, max_size=3).map(tuple), st.just(""))
        case _ if root in LETTERS:
            return _letters(root, one, st.just(""))
        case _ if root in ANSWER_RECEIPTS:
            return st.builds(ARReponse, root=st.just(root), acte_id=ACT_IDS, dated=DAYS, received_on=DAYS)
        case "DefereTA":
            pieces = st.lists(FILES, max_size=4).map(tuple)
            return st.builds(DefereTA, acte_id=ACT_IDS, filed_on=DAYS, illegality=TEXTS, documents=pieces)
        case "Annulation":
            return st.builds(Annulation, acte_id=ACT_IDS)
        case "ARAnnulation":
            return st.builds(ARAnnulation, acte_id=ACT_IDS, received_on=DAYS)
        case "DemandeClassification":
            return st.builds(DemandeClassification, held=st.one_of(st.none(), DAYS))
        case _:
            return st.builds(SansChangement, classification_date=DAYS)


def _letters(
    root: str, documents: st.SearchStrategy[tuple[FichierSigne, ...]], texts: st.SearchStrategy[str]
) -> st.SearchStrategy[Courrier]:
    return st.builds(Courrier, root=st.just(root), acte_id=ACT_IDS, dated=DAYS, text=texts, documents=documents)


def _in_order(acte: DonneesActe) -> DonneesActe:
    return replace(
        acte,
        number=acte.number[:15].strip(),
        matiere=(acte.matiere * 2)[:5],
        subject=acte.subject[:500].strip(),
        paper=acte.paper or "",
    )


def _complete(held: Classification) -> Classification:
    nature = NatureEntry(label="Délibérations", abbreviation="DE", piece_types={"99_DE": "Délibération"})
    levels = {code[: depth + 1]: label for code, label in held.matieres.items() for depth in range(len(code))}
    seconds = {(*code, 1): "Niveau" for code in levels if len(code) == 1}
    return replace(held, natures={1: nature}, matieres={(1,): "Un", (1, 1): "Deux"} | seconds | levels)
