"""Recording the signed act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from hemicycle.accounts.models import Seat
from hemicycle.chain.signing.actions.record_signature import SignatureNotAccepted, record_signature
from hemicycle.chain.signing.models import Act
from hemicycle.dossier import attachments, journal
from hemicycle.dossier.refusals import MoveNotAllowed, NotEntitled
from hemicycle.dossier.stages import Stage
from hemicycle.gateways.signature import fake
from hemicycle.gateways.signature.fake import FakeSigner
from hemicycle.protocols.pades.prepare import finish, prepare
from tests.after_vote import produced
from tests.cast import NOON, Cast
from tests.signed_acts import (
    a_pdf,
    a_signed_pdf,
    an_act_of_two,
    an_act_to_sign,
    sign_pdf,
    signed_by_the_secretary,
    the_president_s_signer,
)

NothingWritten = Callable[[], AbstractContextManager[None]]


def test_the_signed_act_is_kept_beside_the_frozen_one(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert act.signed is not None
    assert attachments.read(act.signed) == a_signed_pdf()
    assert attachments.read(act.frozen) == a_pdf()
    assert act.signed.derived_from == act.frozen
    assert (act.state, dossier.stage) == (Act.State.SIGNED, Stage.SIGNED)


def test_the_level_and_the_time_proven_are_journaled(cast: Cast) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)

    record_signature(
        dossier_id=dossier.id,
        signed=a_signed_pdf(),
        trust_roots=[the_president_s_signer().root],
        agent=cast.courier,
        at=NOON,
    )

    act.refresh_from_db()
    (entry,) = journal.of(dossier)
    facts = entry.sealed["facts"]
    assert (facts["level"], facts["signer"]) == ("PAdES-B-T", "Jean Valmorin")
    assert act.signed_at == NOON
    assert act.verification["trusted"] is True


def test_the_same_file_twice_changes_nothing(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)

    with nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        (sign_pdf(a_pdf("un autre acte")), "ne commence pas par le document figé"),
        (a_pdf(), "sans signature"),
        (a_pdf() + b"% rien qui signe\n", "autre chose qu’une seule mise à jour"),
        (sign_pdf(a_pdf(), FakeSigner("Hors Circuit")), "la signature attendue est celle de Jean Valmorin"),
        (a_signed_pdf()[:-200], "est refusé"),
    ],
    ids=["another act", "unsigned", "an addition", "somebody else", "cut"],
)
def test_a_file_that_is_not_the_act_signed_by_its_signatory_is_refused(
    cast: Cast, signed: bytes, why: str, nothing_written: NothingWritten
) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(SignatureNotAccepted, match=why), nothing_written():
        record_signature(dossier_id=dossier.id, signed=signed, agent=cast.courier, at=NOON)


def test_a_byte_changed_under_the_signature_is_seen(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act = an_act_to_sign(cast, ordered=True)
    # The frozen bytes themselves are altered, so that only the signature can tell.
    altered = a_signed_pdf().replace(b"595", b"596", 1)
    act.frozen = produced(dossier, cast, altered[: len(a_pdf())], "altere.pdf", at=NOON)
    act.save()

    with pytest.raises(SignatureNotAccepted, match="modifié après la signature"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=altered, agent=cast.courier, at=NOON)


def test_a_certificate_of_an_unknown_authority_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    stranger = the_president_s_signer().certificate

    with pytest.raises(SignatureNotAccepted, match="autorité reconnue"), nothing_written():
        record_signature(
            dossier_id=dossier.id, signed=a_signed_pdf(), trust_roots=[stranger], agent=cast.courier, at=NOON
        )


def test_only_the_courier_brings_signatures_back(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(NotEntitled), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.president, at=NOON)


def test_a_signature_that_nobody_ordered_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast)

    with pytest.raises(MoveNotAllowed, match="Aucune signature n’est ordonnée"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)


def test_the_first_of_two_signatures_opens_the_second(cast: Cast) -> None:
    dossier, act, secretary = an_act_of_two(cast)

    signed = signed_by_the_secretary(cast, dossier, secretary)

    first, second = act.signatures.select_related("signed").order_by("rank")
    act.refresh_from_db()
    dossier.refresh_from_db()
    assert (first.state, second.state, act.state, dossier.stage) == ("signed", "to_sign", "to_sign", Stage.TO_SIGN)
    assert first.signed is not None
    assert attachments.read(first.signed) == signed
    assert act.signed is None
    facts = journal.of(dossier)[-1].sealed["facts"]
    assert facts["next_signatory"] == "Jean Valmorin, Le Président du conseil départemental"


def test_the_last_of_two_signatures_signs_the_act(cast: Cast) -> None:
    dossier, act, secretary = an_act_of_two(cast)
    first = signed_by_the_secretary(cast, dossier, secretary)
    act.signatures.filter(rank=2).update(state="ordered", ordered_by=cast.president, ordered_at=NOON)

    record_signature(dossier_id=dossier.id, signed=sign_pdf(first), agent=cast.courier, at=NOON)

    act.refresh_from_db()
    dossier.refresh_from_db()
    assert act.signed is not None
    assert attachments.read(act.signed).startswith(first)
    assert (act.state, dossier.stage) == (Act.State.SIGNED, Stage.SIGNED)
    assert act.verification["signer"] == "Jean Valmorin"
    assert [one["signer"] for one in act.verification["signatures"]] == [secretary.full_name, "Jean Valmorin"]
    assert [e.event for e in journal.of(dossier)][-1] == "signing.signature_recorded"


def test_a_second_signature_made_without_the_first_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, act, secretary = an_act_of_two(cast)
    signed_by_the_secretary(cast, dossier, secretary)
    act.signatures.filter(rank=2).update(state="ordered", ordered_by=cast.president, ordered_at=NOON)

    with pytest.raises(SignatureNotAccepted, match="ne commence pas par le document figé"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)


def test_a_president_who_signed_after_the_mandate_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    Seat.objects.filter(office=Seat.Office.PRESIDENT).update(valid_to=NOON.date() - dt.timedelta(days=1))

    with pytest.raises(SignatureNotAccepted, match="Jean Valmorin n’a plus autorité"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=a_signed_pdf(), agent=cast.courier, at=NOON)


def test_the_certificate_of_a_past_president_is_called_so(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    Seat.objects.create(
        body="CD",
        member=cast.former_member,
        office=Seat.Office.PRESIDENT,
        valid_from=dt.date(2015, 4, 2),
        valid_to=dt.date(2021, 6, 30),
    )
    signed = sign_pdf(a_pdf(), FakeSigner(cast.former_member.agent.full_name))

    with pytest.raises(SignatureNotAccepted, match="n’est plus président depuis le 30/06/2021"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=signed, agent=cast.courier, at=NOON)


def test_a_certificate_over_on_that_day_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: NothingWritten
) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    monkeypatch.setattr(fake, "_DEATH", NOON - dt.timedelta(days=1))
    signed = sign_pdf(a_pdf(), FakeSigner("Jean Valmorin"))

    with pytest.raises(SignatureNotAccepted, match="avait expiré le 23/11/2026"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=signed, agent=cast.courier, at=NOON)


def test_a_signature_without_its_time_is_refused(cast: Cast, nothing_written: NothingWritten) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)

    with pytest.raises(SignatureNotAccepted, match="n’est pas horodatée"), nothing_written():
        record_signature(dossier_id=dossier.id, signed=unstamped(), agent=cast.courier, at=NOON)


def test_a_certificate_revoked_before_the_signature_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, nothing_written: NothingWritten
) -> None:
    dossier, _ = an_act_to_sign(cast, ordered=True)
    signer = a_signer_whose_list_is_published(monkeypatch)

    with pytest.raises(SignatureNotAccepted, match="était révoqué"), nothing_written():
        record_signature(
            dossier_id=dossier.id,
            signed=sign_pdf(a_pdf(), signer),
            trust_roots=[signer.root],
            crls=[a_list_that_revokes(signer)],
            agent=cast.courier,
            at=NOON,
        )


def a_signer_whose_list_is_published(monkeypatch: pytest.MonkeyPatch) -> FakeSigner:
    """The president's, with the address of the list of revocations in the certificate."""
    plain = fake._builder
    place = x509.DistributionPoint([x509.UniformResourceIdentifier("http://liste.invalid/")], None, None, None)
    listed = x509.CRLDistributionPoints([place])
    monkeypatch.setattr(fake, "_builder", lambda *a: plain(*a).add_extension(listed, critical=False))
    return FakeSigner("Jean Valmorin")


def unstamped() -> bytes:
    """Signed by the president, nobody says when."""
    signer = the_president_s_signer()
    prepared = prepare(a_pdf(), certificate=signer.certificate, at=NOON)
    value = signer._key.sign(prepared.to_be_signed, ec.ECDSA(SHA256()))
    return finish(prepared, signature=value)


def a_list_that_revokes(signer: FakeSigner) -> bytes:
    """Of the authority of that certificate, two days before noon."""
    root, key = fake._authority()
    revoked = x509.RevokedCertificateBuilder().serial_number(
        x509.load_der_x509_certificate(signer.certificate).serial_number
    )
    before = (NOON - dt.timedelta(days=2)).astimezone(dt.UTC)
    builder = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    builder = builder.last_update(before).next_update(before + dt.timedelta(days=30))
    builder = builder.add_revoked_certificate(revoked.revocation_date(before).build())
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)
