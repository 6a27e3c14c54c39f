"""The things that the matrix is tried on: each scene gives every word that an address or a form may need."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hemicycle.accounts.models import Agent, Role
from hemicycle.chain.archiving.models import Deposit
from hemicycle.chain.distribution.actions.prepare_notice import prepare_notice
from hemicycle.chain.distribution.models import Return
from hemicycle.chain.drafting.events import CommentWritten
from hemicycle.chain.drafting.models import DossierLink, TextModelVersion, Upload, UploadPart
from hemicycle.chain.finding.models import SavedFilter
from hemicycle.chain.printing.models import ModelVersion
from hemicycle.chain.publication.models import Publication
from hemicycle.chain.sitting.models import AgendaItem, Attendance, Proxy, Sitting, SittingState
from hemicycle.chain.transmission.actions.announce_maintenance import announce_maintenance
from hemicycle.chain.transmission.actions.ask_cancellation import ask_cancellation
from hemicycle.chain.transmission.actions.park_message import park_message
from hemicycle.chain.transmission.actions.receive_message import receive_message
from hemicycle.chain.transmission.actions.record_anomaly import record_anomaly
from hemicycle.chain.transmission.models import Departure
from hemicycle.dossier import blobs, journal
from hemicycle.dossier.models import Comment, Dossier, Errand, Reading
from hemicycle.dossier.stages import Stage
from hemicycle.texts.tree import clean, digest
from tests import letters
from tests.cast import NOON, PASSWORD, Cast
from tests.chain.drafting.definitions import a_field, a_model, an_act_type
from tests.chain.drafting.files import a_pdf
from tests.chain.drafting.test_keep_image import a_png
from tests.chain.printing import models as document_models
from tests.departures import an_acknowledgement, deposited
from tests.factories import DELIBERATION, a_circuit, a_dossier, a_sitting, a_text, an_attachment
from tests.rendering.test_models import ALL
from tests.signed_acts import a_delegation_of_signature, a_signed_pdf, an_act_to_sign
from tests.texts.office import docx, w_p, w_r
from tests.web import circuit_scenes

Scene = dict[str, Any]
PNG, PDF, XML = a_png(), a_pdf(), b"<?xml version='1.0'?><a/>"


def of_dossier(cast: Cast, dossier: Dossier) -> Scene:
    annex = an_attachment(dossier, PDF, by=dossier.drafter, order=1)
    image = an_attachment(dossier, PNG, by=dossier.drafter, kind="image", name="plan.png", media_type="image/png")
    upload = Upload.objects.create(
        dossier=dossier, agent=dossier.drafter, name="piece.xml", size=len(XML), started_at=NOON
    )
    UploadPart.objects.create(upload=upload, n=0, data=XML)
    first = dossier.version or 1
    said = {"dossier": dossier, "version": dossier.version, "author": dossier.drafter, "written_at": NOON}
    return {
        "comment_id": Comment.objects.create(text="À préciser.", **said).pk,
        "handled_id": Comment.objects.create(text="Précisé.", handled_at=NOON, **said).pk,
        "dossier": dossier,
        "dossier_id": dossier.id,
        "key": "CP",
        "year": NOON.year,
        "tab": "journal",
        "annex": annex,
        "annex_id": annex.id,
        "piece_id": annex.id,
        "upload_id": upload.id,
        "n": 0,
        "number": first,
        "old": first,
        "new": first,
        "circuit": a_circuit(Role.LEGAL),
        "link_id": a_link(dossier).pk,
        "report_model": a_model(cast, f"Rapport {dossier.number}", "Un rapport.", text="report"),
        "deliberation_model": a_model(cast, f"Délibération {dossier.number}"),
        "sha256": image.sha256,
        "suffix": "docx",
    }


def a_link(dossier: Dossier) -> DossierLink:
    return DossierLink.objects.create(
        dossier=dossier, kind="follows", reference="délibération n° 1", added_by=dossier.drafter, added_at=NOON
    )


def elsewhere(cast: Cast) -> dict[str, Any]:
    return {"unit": cast.other_service, "drafter": cast.neighbour, "object": "Aide confidentielle aux forages"}


def draft(cast: Cast) -> Scene:
    return of_dossier(cast, a_dossier(cast))


def foreign_draft(cast: Cast) -> Scene:
    return of_dossier(cast, a_dossier(cast, **elsewhere(cast)))


def in_circuit(cast: Cast) -> Scene:
    return of_dossier(cast, a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.LEGAL, Role.CABINET)))


def foreign_in_circuit(cast: Cast) -> Scene:
    return of_dossier(cast, a_dossier(cast, in_circuit=True, circuit=a_circuit(Role.FINANCE), **elsewhere(cast)))


def to_correct(cast: Cast) -> Scene:
    dossier = a_dossier(cast, to_correct=True)
    Dossier.objects.filter(id=dossier.id).update(report=a_text("Un rapport réécrit depuis le renvoi."))
    dossier.refresh_from_db()
    return of_dossier(cast, dossier)


def act(cast: Cast) -> Scene:
    dossier = a_dossier(cast, acknowledged=True)
    Return.objects.create(dossier=dossier, returned_at=NOON)
    return of_dossier(cast, dossier)


def to_take(cast: Cast) -> Scene:
    """An arrêté of the president whose visas are all given."""
    return of_dossier(cast, a_dossier(cast, ready=True, nature="AR", body=""))


def to_sign(cast: Cast) -> Scene:
    return of_dossier(cast, a_dossier(cast, to_sign=True))


def delegated(cast: Cast) -> Scene:
    """An act to sign, and a delegation of signature whose publicity is still to be noted."""
    scene = of_dossier(cast, an_act_to_sign(cast)[0])
    holder = cast.members[1].agent
    return scene | {"delegation_id": a_delegation_of_signature(cast).pk, "series": "CP", "holder": holder}


def illustrated() -> dict[str, Any]:
    """A deliberation that shows the image which every scene keeps with its dossier."""
    shown = {"type": "image", "attrs": {"sha256": hashlib.sha256(PNG).hexdigest(), "alt": "Plan", "width": 100}}
    return {**DELIBERATION, "content": [*DELIBERATION["content"], shown]}


def published(cast: Cast) -> Scene:
    dossier = a_dossier(cast, published=True, deliberation=illustrated())
    publication = Publication.objects.get(dossier=dossier)
    item = AgendaItem.objects.get(dossier=dossier)
    Sitting.objects.filter(id=item.sitting_id).update(state=SittingState.CLOSED, closed_at=NOON)
    scene = of_dossier(cast, dossier)
    return scene | {"slug": publication.slug, "file_id": publication.document_id, "sitting_id": item.sitting_id}


def unpublished(cast: Cast) -> Scene:
    scene = act(cast)
    return scene | {"slug": scene["dossier"].act_number.lower(), "file_id": scene["annex_id"]}


def notice(cast: Cast) -> Scene:
    scene = act(cast)
    made = prepare_notice(
        dossier_id=scene["dossier_id"],
        partner="Club de Clérande",
        email="club@clerande.example",
        mode="information",
        agent=cast.clerk,
        at=NOON,
    )
    return scene | {"notice": made, "token": made.token, "file_id": made.letter_id}


def refused_departure(cast: Cast) -> Scene:
    dossier = a_dossier(cast, transmitted=True)
    Departure.objects.filter(dossier=dossier).update(state=Departure.State.ANOMALY)
    Dossier.objects.filter(id=dossier.id).update(stage=Stage.REFUSED_BY_PREFECTURE)
    return of_dossier(cast, dossier)


def uncertain_departure(cast: Cast) -> Scene:
    dossier = a_dossier(cast, transmitted=True)
    Departure.objects.filter(dossier=dossier).update(state=Departure.State.SENDING, tdt_id="")
    Dossier.objects.filter(id=dossier.id).update(stage=Stage.SIGNED)
    return of_dossier(cast, dossier)


def cancellation_asked(cast: Cast) -> Scene:
    scene = act(cast)
    ask_cancellation(dossier_id=scene["dossier_id"], reason="Mauvaise annexe.", agent=cast.clerk, at=NOON)
    return scene


def late_acknowledgement(cast: Cast) -> Scene:
    """Of an act that the préfecture had refused."""
    dossier, departure = deposited(cast)
    record_anomaly(dossier_id=dossier.id, data=b"", reason="Refus.", agent=cast.courier, at=NOON)
    message = receive_message(data=an_acknowledgement(departure), agent=cast.courier, at=NOON)
    assert message is not None
    return {"message_id": message.pk}


def individual(cast: Cast) -> Scene:
    """An individual arrêté that the préfecture received some days ago."""
    dossier = a_dossier(cast, acknowledged=True, at=NOON - dt.timedelta(days=9))
    Dossier.objects.filter(id=dossier.id).update(nature="AI", body="")
    return of_dossier(cast, dossier)


def parked(cast: Cast) -> Scene:
    return {"message_id": park_message(data=b"<a/>", why="Inconnu.", agent=cast.courier, at=NOON).pk}


def letter(cast: Cast) -> Scene:
    """A letter of observations about an act, and the answer that the drafter has prepared."""
    dossier = a_dossier(cast, acknowledged=True)
    reply = letters.a_reply(cast, letters.a_letter(cast, dossier=dossier))
    return of_dossier(cast, dossier) | {"letter_id": reply.letter_id, "reply_id": reply.pk}


def maintenance(cast: Cast) -> Scene:
    far = timezone.now() + dt.timedelta(days=30)
    announced = {"starts_at": far, "ends_at": far + dt.timedelta(hours=2), "reason": "Ministère"}
    return {"maintenance_id": announce_maintenance(**announced, agent=cast.clerk, at=NOON).pk}


def refused_deposit(cast: Cast) -> Scene:
    dossier = a_dossier(cast, deposited=True)
    Deposit.objects.filter(dossier=dossier).update(state=Deposit.State.REFUSED, reply_code="KO")
    Dossier.objects.filter(id=dossier.id).update(stage=Stage.REFUSED_BY_ARCHIVE)
    return of_dossier(cast, dossier)


def errand(cast: Cast) -> Scene:
    dossier = a_dossier(cast)
    entry = journal.record(dossier, CommentWritten(version=0, text="…"), by=cast.drafter, at=NOON)
    failed = Errand.objects.filter(entry=entry).first() or Errand(entry=entry, due_at=NOON)
    failed.state, failed.carrier, failed.last_error = Errand.State.FAILED, "sign", "Le service ne répond pas."
    failed.save()
    return {"errand_id": failed.pk, "dossier": dossier}


def kept_filter(cast: Cast) -> Scene:
    kept = SavedFilter.objects.create(agent=cast.drafter, name="Club", criteria={"words": "club"}, saved_at=NOON)
    return {"filter_id": kept.pk}


def modelled(cast: Cast) -> Scene:
    """A model of document being written, beside one in force."""
    today = timezone.localdate()
    ModelVersion.objects.filter(published_at=None).delete()
    document_models.published(cast, valid_from=today, at=timezone.now())
    draft = document_models.drafted(cast, texts={"footer": "{numero}"})
    return {"kind": "deliberation", "number": 1, "seen": draft.revision, "on": today}


def remodelled(cast: Cast) -> Scene:
    """A model in force, without a draft in its way."""
    ModelVersion.objects.filter(published_at=None).delete()
    document_models.published(cast, valid_from=timezone.localdate(), at=timezone.now())
    return {"kind": "deliberation", "number": 1}


def defined(cast: Cast) -> Scene:
    act_type = an_act_type()
    fields = [a_field(key, act_type) for key in ("canton", "tiers")]
    model = a_model(cast)
    TextModelVersion.objects.create(
        model=model, number=2, content=clean(a_text("Article 1 – {objet}.")), author=cast.clerk, made_at=NOON
    )
    return {
        "act_type_id": act_type.pk,
        "field_id": fields[0].pk,
        "fields": [field.pk for field in fields],
        "model_id": model.pk,
        "number": 1,
    }


def of_sitting(cast: Cast, sitting: Sitting, dossier: Dossier) -> Scene:
    item = AgendaItem.objects.get(dossier=dossier)
    ready = a_dossier(cast, ready=True)
    return {
        **of_dossier(cast, dossier),
        "sitting": sitting,
        "sitting_id": sitting.id,
        "item_id": item.id,
        "which": "ordre-du-jour",
        "giver_id": cast.members[2].pk,
        "ready": ready,
        "members": cast.members,
    }


def prepared(cast: Cast) -> Scene:
    sitting = a_sitting(cast, starts_at=timezone.now() + dt.timedelta(days=40))
    scene = of_sitting(cast, sitting, a_dossier(cast, on_agenda=True, sitting=sitting))
    a_dossier(cast, on_agenda=True, sitting=sitting)
    return scene


def convened(cast: Cast) -> Scene:
    sitting = a_sitting(cast, convened=True, starts_at=timezone.now() + dt.timedelta(days=3))
    sitting.summons_sha256 = sitting.agenda_sha256 = blobs.put(b"%PDF-1.7 papier").sha256
    sitting.save()
    scene = of_sitting(cast, sitting, a_dossier(cast, on_agenda=True, sitting=sitting, deliberation=illustrated()))
    Proxy.objects.create(sitting=sitting, giver=cast.members[2], holder=cast.members[3], recorded_at=NOON)
    return scene


def today(cast: Cast) -> Scene:
    sitting = a_sitting(cast, convened=True, starts_at=timezone.now())
    for member in cast.members:
        Attendance.objects.create(sitting=sitting, member=member, status=Attendance.Status.PRESENT)
    return of_sitting(cast, sitting, a_dossier(cast, on_agenda=True, sitting=sitting))


def held(cast: Cast) -> Scene:
    sitting = a_sitting(cast, open=True, starts_at=timezone.now())
    return of_sitting(cast, sitting, a_dossier(cast, on_agenda=True, sitting=sitting))


def over(cast: Cast) -> Scene:
    scene = held(cast)
    AgendaItem.objects.filter(id=scene["item_id"]).update(outcome=AgendaItem.Outcome.ADJOURNED)
    return scene


def outside_system(cast: Cast) -> Scene:
    """One that is set whatever the installation."""
    return {"slug": "signature"}


SCENES: dict[str, Callable[[Cast], Scene]] = {
    "": lambda cast: {},
    **circuit_scenes.SCENES,
    **{
        scene.__name__: scene
        for scene in (
            *(
                draft,
                foreign_draft,
                in_circuit,
                foreign_in_circuit,
                to_correct,
                act,
                to_sign,
                to_take,
                delegated,
                published,
                unpublished,
                notice,
            ),
            *(uncertain_departure, parked, letter, maintenance, cancellation_asked, late_acknowledgement, individual),
            outside_system,
            *(modelled, remodelled),
            *(refused_departure, refused_deposit, errand, kept_filter, defined, prepared, convened, today, held, over),
        )
    },
}


def described(scene: Scene, **more: Any) -> dict[str, Any]:
    facts = {"object": "Un autre objet", "body": "CP", "nature": scene["dossier"].nature, "subject_code": "7.5"}
    return facts | {"theme": "Sport", "rapporteur": "", "amount": "", "target_date": ""} | more


def _text(name: str) -> Callable[[Scene, Agent | None], dict[str, Any]]:
    def sent(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
        return {"content": "Un texte réécrit.", "base": digest(clean(getattr(scene["dossier"], name)))}

    return sent


def _tree(name: str) -> Callable[[Scene, Agent | None], dict[str, Any]]:
    def sent(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
        text = json.dumps(a_text("Un texte réécrit dans l’éditeur."))
        return {"content": text, "base": digest(clean(getattr(scene["dossier"], name)))}

    return sent


def _file(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("texte.docx", docx(w_p(w_r("Article 1 – Un texte importé."))))}


def _annex(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    xml = SimpleUploadedFile("piece.xml", b"<?xml version='1.0'?><a/>")
    return {"file": xml, "title": "Pièce", "type_code": "99_DE"}


def _visas(scene: Scene, agent: Agent | None) -> dict[str, Any]:
    dossier = scene["dossier"]
    if agent is not None:
        read = {"version": dossier.version, "read_at": NOON}
        Reading.objects.update_or_create(dossier=dossier, agent=agent, defaults=read)
    return {"ids": [f"{dossier.id}//{dossier.version}"], "confirm": "1"}


def _sign(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    frozen = scene["dossier"].act.frozen
    return {"acts": [f"{scene['dossier_id']}/{frozen.sha256}"], "password": PASSWORD}


def _chair(scene: Scene, _agent: Agent | None) -> dict[str, Any]:
    members = scene["members"]
    return {"president_id": members[0].pk, "secretary_id": members[-1].pk}


#: What each form is sent, as right as it can be: only the person is wrong. (Scene, who sends) → fields.
SENT: dict[str, Callable[[Scene, Agent | None], dict[str, Any]]] = {
    **circuit_scenes.SENT,
    "saved_filters": lambda _s, _: {"name": "Club", "words": "club", "stage": "ready"},
    "open_dossier": lambda s, _: described(s, unit=s["dossier"].unit_id),
    "describe": lambda s, _: described(s),
    "apply_message": lambda _s, _: {"note": "La préfecture confirme."},
    "prolong_proofs": lambda s, _: {"ids": [str(s["dossier_id"])]},
    "ask_cancellation": lambda _s, _: {"reason": "Mauvaise annexe."},
    "decline_cancellation": lambda _s, _: {"note": "L’annexe est la bonne."},
    "record_notification": lambda _s, _: {
        "addressee": "Mme Aubin",
        "notified_on": str(timezone.localdate()),
        "means": "by_hand",
    },
    "prepare_reply": lambda _s, _: {"root": "RejetLettreObservations", "words": "L’acte est conforme."},
    "settle_letter": lambda _s, _: {"note": "Classé."},
    "settle_message": lambda _s, _: {"note": "Classé."},
    "transmit_many": lambda s, _: {"ids": [str(s["dossier_id"])]},
    "set_sending_hours": lambda _s, _: {"1-opens": "08:00", "1-closes": "19:00"},
    "announce_maintenance": lambda _s, _: {
        "starts_at": "2099-01-01T08:00",
        "ends_at": "2099-01-01T10:00",
        "reason": "Ministère",
    },
    "correct_filing": lambda _s, _: {"subject_code": "7.10"},
    "write_report": _text("report"),
    "write_deliberation": _text("deliberation"),
    "verify_document": lambda _s, _: {"file": SimpleUploadedFile("acte.pdf", b"%PDF-1.7\n")},
    "import_report": _file,
    "import_deliberation": _file,
    "annexes": _annex,
    "begin_upload": lambda _s, _: {"name": "autre.xml", "size": str(len(XML))},
    "receive_part": lambda _s, _: {"part": SimpleUploadedFile("part", XML)},
    "finish_upload": lambda _s, _: {"type_code": "99_DE"},
    "describe_annexes": lambda s, _: {f"{s['annex_id'].hex}-title": "Autre", f"{s['annex_id'].hex}-type_code": "99_DE"},
    "replace_annex": lambda s, _: {"file": SimpleUploadedFile("piece.xml", b"<?xml version='1.0'?><b/>")},
    "order_annexes": lambda s, _: {"ids": [str(s["annex_id"])], "up": str(s["annex_id"])},
    "save_report": _tree("report"),
    "save_deliberation": _tree("deliberation"),
    "hold_report": lambda s, _: {"do": "take_over"},
    "hold_deliberation": lambda s, _: {"do": "take_over"},
    "differences_report": _tree("report"),
    "differences_deliberation": _tree("deliberation"),
    "paste": lambda s, _: {"html": "<p>Un texte collé.</p>"},
    "keep_image": lambda s, _: {"image": SimpleUploadedFile("plan.png", PNG)},
    "restore_text": lambda s, _: {"text": "both"},
    "start_report": lambda s, _: {"model": s["report_model"].pk, "replace": "1"},
    "start_deliberation": lambda s, _: {"model": s["deliberation_model"].pk, "replace": "1"},
    "add_deliberation": lambda s, _: {"object": "Une autre aide", "subject_code": "7.5"},
    "links": lambda s, _: {"kind": "modifies", "reference": "délibération n° 2"},
    "duplicate": lambda s, _: {"unit": s["dossier"].unit_id, "object": "Une autre année", "texts": "1"},
    "numbering": lambda _s, _: {
        "key": "AR",
        "label": "Arrêtés",
        "pattern": "{register}{year}-{number:04}",
        "valid_from": f"{timezone.localdate()}",
    },
    "cancel_number": lambda _s, _: {"reason": "Le vote est à reprendre."},
    "new_act_type": lambda s, _: {"name": "Convention"},
    "save_act_type": lambda s, _: {"name": "Aide"},
    "new_custom_field": lambda s, _: {"label": "Durée", "kind": "text", "act_type": s["act_type_id"]},
    "custom_field": lambda s, _: {"label": "Canton aidé"},
    "order_custom_fields": lambda s, _: {"type": s["act_type_id"], "ids": s["fields"], "up": s["fields"][1]},
    "document_model": lambda s, _: {
        "t_footer": "{numero}, {objet}",
        "t_appeal": "Devant le {tribunal}, dans les {delai}.",
        "order": ALL,
        "shown": ALL,
        "height": "16",
        "seen": s["seen"],
    },
    "publish_document_model": lambda s, _: {"valid_from": f"{s['on']}", "seen": s["seen"]},
    "new_model": lambda s, _: {"name": "Rapport", "text": "report", "content": "Un rapport sur {objet}."},
    "text_model": lambda s, _: {"name": "Délibération", "content": "Article 1 – {objet}, {montant}."},
    "withdraw": lambda s, _: {"reason": "Sans objet"},
    "comment": lambda s, _: {"text": "Une question."},
    "submit": lambda s, _: {"circuit": s["circuit"].pk, "note": ""},
    "give_visa": lambda s, _: {"version_read": s["dossier"].version},
    "send_back": lambda s, _: {"version_read": s["dossier"].version, "reason": "À revoir"},
    "visas": _visas,
    "plan_sitting": lambda s, _: {"body": "CD", "starts_at": "2031-12-17T14:30", "place": "Ambrelle"},
    "order_agenda": lambda s, _: {"move": f"{s['item_id']}:down"},
    "put_on_agenda": lambda s, _: {"dossiers": [str(s["ready"].id)], "urgency": ""},
    "take_off_agenda": lambda s, _: {"reason": "Reporté"},
    "convene": lambda s, _: {"urgency": ""},
    "attendance": lambda s, _: {"everybody": "1"},
    "give_proxy": lambda s, _: {"giver_id": s["members"][4].pk, "holder_id": s["members"][5].pk},
    "open_sitting": _chair,
    "record_vote": lambda s, _: {"kind": "ordinary", "unanimous": "1"},
    "adjourn_item": lambda s, _: {"reason": "Reporté"},
    "movement": lambda s, _: {"member_id": s["members"][3].pk, "status": "absent"},
    "sign": _sign,
    "own_signature": lambda _s, _: {"signed": SimpleUploadedFile("acte.pdf", a_signed_pdf())},
    "entrust_signature": lambda s, _: {"delegation": s["delegation_id"]},
    "set_signing_order": lambda _s, _: {"first": "president"},
    "give_signing_delegation": lambda s, _: {
        "holder": s["holder"].pk,
        "reference": "Arrêté 2026-99",
        "first_day": f"{timezone.localdate()}",
    },
    "publish_delegation": lambda _s, _: {"published_on": f"{timezone.localdate()}"},
    "refuse_signature": lambda s, _: {"reason": "Une erreur"},
    "send_notice": lambda s, _: {"known": "", "partner": "Club", "email": "c@club.example", "mode": "information"},
    "publish": lambda s, _: {"dossiers": [str(s["dossier_id"])]},
    "sign_in": lambda s, _: {"email": "personne@ormelle.example", "password": "rien"},
}


def nothing_known() -> Scene:
    """Words that name nothing."""
    ids = ("dossier_id", "annex_id", "piece_id", "sitting_id", "item_id", "file_id", "upload_id", "letter_id")
    numbers = {
        "giver_id": 10**30,
        "errand_id": 10**30,
        "filter_id": 10**30,
        "act_type_id": 10**15,
        "field_id": 10**15,
        "model_id": 10**15,
        "link_id": 10**15,
        "comment_id": 10**15,
        "handled_id": 10**15,
        "delegation_id": 10**15,
        "message_id": 10**15,
        "reply_id": 10**15,
        "maintenance_id": 10**15,
        "number": 9999,
        "year": 1900,
        "old": 1,
        "new": 2,
        "n": 0,
    }
    words = {
        "tab": "journal",
        "which": "convocation",
        "key": "CP",
        "series": "aucune",
        "slug": "cp-2026-9999",
        "kind": "facture",
        "token": "a" * 32,
    }
    files = {"sha256": "0" * 64, "suffix": "docx"}
    return circuit_scenes.UNKNOWN | {name: uuid4() for name in ids} | numbers | words | files
