"""Every page, wide and narrow, light and dark: axe finds nothing, the console is quiet, nothing overflows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import URLPattern

from hemicycle.web.urls import urlpatterns
from tests.browser import visits
from tests.browser.audit import Audit
from tests.browser.before_the_vote import Files
from tests.browser.by_hand import Affair
from tests.browser.people import People
from tests.browser.site import Site

#: Folder for pictures of every page, for whoever wants to look at them.
PICTURES = "HEMICYCLE_PICTURES"
GESTURES = {
    *("sign_out", "retry_errand", "import_report", "import_deliberation", "order_annexes", "remove_annex", "visas"),
    *("describe_annexes", "begin_upload", "receive_part", "finish_upload", "abandon_upload"),
    *("comment", "order_agenda", "put_on_agenda", "take_off_agenda", "convene", "give_proxy", "end_proxy"),
    *("open_sitting", "movement", "close_sitting", "record_vote", "adjourn_item", "sign", "refuse_signature"),
    *("retire_circuit", "switch_rule", "declare_absence", "end_absence", "give_delegation", "end_delegation"),
    *("take_back_visa", "release", "set_embargo", "lift_embargo"),
    *("retry_departure", "acknowledge_return", "send_notice", "open_notice", "publish", "retry_deposit"),
    *("handle_comment", "reopen_comment", "hold_report", "hold_deliberation", "save_report", "save_deliberation"),
    *("new_act_type", "save_act_type", "switch_act_type", "order_custom_fields", "switch_custom_field"),
    *("publish_document_model", "discard_document_model", "restore_document_model"),
    *("switch_model", "restore_model", "unlink", "remove_filter", "certify_extract", "take_decision"),
    *("correct_filing", "transmit_many", "ask_tdt", "ask_classification", "settle_message", "ask_check"),
    *("prepare_reply", "send_reply", "settle_letter"),
    *("set_sending_hours", "announce_maintenance", "lift_maintenance"),
    *("ask_cancellation", "confirm_cancellation", "decline_cancellation", "apply_message"),
    *("set_signing_order", "give_signing_delegation", "publish_delegation", "prolong_proofs", "sign_blob"),
}
FILES = {
    *("annexes_zip", "sitting_paper", "member_annex", "frozen_act", "piece", "piece_picture", "partner_file", "scdl"),
    *("export_report", "export_deliberation", "text_image", "member_image", "public_image", "whole_dossier"),
    *("compare_pdf", "keep_image", "print_register"),
    *("public_decisions_pdf", "public_file", "model_pdf", "model_page"),
}
#: Redirections, pieces of a page, and what the editor asks of the server.
NOT_PAGES = {
    *("compare_versions", "count_votes", "readers", "paste", "differences_report", "differences_deliberation"),
    # Offered by a dossier sent back only, which none of the visited is when its versions are looked at.
    "restore_text",
    # The counts of the lists and of the left column; a message put aside, which no well-behaved préfecture sends.
    *("dossier_counts", "what_waits", "parked_message"),
    # Offered by an individual arrêté that the préfecture has received (test_outcomes.py).
    "record_notification",
}
SPOIL = """() => {
  const wrong = document.createElement("h1");
  wrong.textContent = "Pâle et trop large";
  Object.assign(wrong.style, {width: "900px", color: "#ddd", background: "#fff"});
  document.body.replaceChildren(wrong, wrong.cloneNode(true));
  console.error("spoilt");
}"""


def test_the_audit_sees_what_is_wrong(people: People) -> None:
    audit, page = Audit(), people.page("citizen")
    audit.listen(page)
    page.goto("/connexion")
    page.evaluate(SPOIL)

    audit.look(page, "spoilt")

    for words in ("2 first-level titles", "color-contrast", "at 390: 900 pixels wide", "the console says: spoilt"):
        assert words in "\n".join(audit.found)


def test_every_page_is_accessible(affair: Affair, people: People, site: Site, files: Files) -> None:
    wanted = os.environ.get(PICTURES)
    audit = Audit(pictures=Path(wanted) if wanted else None)

    visits.of_a_dossier_on_its_way(audit, people, files)
    visits.of_the_affair(audit, people, affair)
    visits.of_the_public_site(audit, people, site, affair)
    visits.of_the_letters(audit, people, site, affair)
    visits.of_the_house(audit, people)

    pages = {pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern)} - GESTURES - FILES - NOT_PAGES
    if audit.found:
        pytest.fail("\n".join(audit.found))
    assert pages - audit.seen == set()
