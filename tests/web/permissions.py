"""Who may do what on the site, as data: one line per address, method and thing (reliability.md §6).

A new address without a line here fails `test_permissions.py`. Roles are the names of tests/cast.py, with `elected`
for a councillor of the majority and `anonymous` for anyone. What is not allowed is refused: 404 or 403, 409 for an
action whose page one may see, the door for whoever has not signed in.
"""

from __future__ import annotations

from dataclasses import dataclass

SIGNED_IN = (
    *("drafter", "colleague", "neighbour", "head_of_service", "director", "deputy_chief", "finance", "legal"),
    *("clerk", "chief_executive", "secretariat", "cabinet", "elected", "president"),
    *("archivist", "administrator", "auditor", "outsider"),
)
ANONYMOUS = "anonymous"
ROLES = (*SIGNED_IN, ANONYMOUS)


def only(roles: str) -> frozenset[str]:
    return frozenset(roles.split())


EVERYONE = frozenset(ROLES)
AGENTS = frozenset(SIGNED_IN)
NOBODY: frozenset[str] = frozenset()

#: Those who read every dossier in progress; the secrétariat général stands with the DGS, whom it assists.
ABOVE = only("clerk chief_executive secretariat president auditor")
UNIT = only("drafter colleague head_of_service director deputy_chief")
#: Readers of each thing. The pôle's DGA has both directions.
READ = {
    "draft": UNIT | ABOVE,
    "in_circuit": UNIT | ABOVE | {"legal"},
    "foreign_draft": ABOVE | only("neighbour deputy_chief"),
    "foreign_in_circuit": ABOVE | only("neighbour deputy_chief finance"),
    # Everyone whom the circuit brought in, then the archivist.
    "act": UNIT | ABOVE | only("legal cabinet archivist"),
}
WRITE = {
    "draft": only("drafter colleague clerk"),
    "in_circuit": NOBODY,
    "foreign_draft": only("neighbour clerk"),
    "foreign_in_circuit": NOBODY,
}
WITHDRAW = {
    "draft": only("drafter clerk chief_executive president"),
    "in_circuit": only("drafter clerk chief_executive president"),
    "foreign_draft": only("neighbour clerk chief_executive president"),
    "foreign_in_circuit": only("neighbour clerk chief_executive president"),
}
#: The first step of each circuit: nobody else yet, whatever the role.
VISA = {
    "draft": NOBODY,
    "in_circuit": only("legal"),
    "foreign_draft": NOBODY,
    "foreign_in_circuit": only("finance"),
}
COMMENT = {thing: readers - only("auditor archivist") for thing, readers in READ.items() if thing != "act"}

#: Its author, here the drafter, whoever writes the dossier, those of its circuit.
SETTLE = {
    "draft": only("drafter colleague clerk"),
    "in_circuit": only("drafter colleague clerk legal"),
    "foreign_draft": only("neighbour clerk"),
    "foreign_in_circuit": only("neighbour clerk finance"),
}

#: Those who may do without a visa.
WITHOUT_VISA = only("chief_executive president")
CLERKS = only("clerk president")
OFFICE = only("clerk chief_executive secretariat cabinet president auditor")
SUMMONED = only("elected president")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One address, one method, one thing: who is let in."""

    route: str
    method: str = "GET"
    #: The scene of tests/web/permission_scenes.py; empty where the address is of no thing.
    thing: str = ""
    allowed: frozenset[str]
    #: Refused by a message on the page one is sent back to, nothing being written.
    by_message: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.thing}".strip()


def lines(routes: str, allowed: frozenset[str], *, thing: str = "", method: str = "GET", **more: bool) -> list[Line]:
    return [Line(route=r, method=method, thing=thing, allowed=allowed, **more) for r in routes.split()]


def by_thing(
    routes: str, right: dict[str, frozenset[str]], *, method: str = "GET", by_message: bool = False
) -> list[Line]:
    return [
        Line(route=route, method=method, thing=thing, allowed=allowed, by_message=by_message)
        for thing, allowed in right.items()
        for route in routes.split()
    ]


def _but(right: dict[str, frozenset[str]], *things: str) -> dict[str, frozenset[str]]:
    return {thing: allowed for thing, allowed in right.items() if thing not in things}


OUR_DRAFTERS = only("drafter colleague head_of_service director")
#: Whoever reads it and opens dossiers of their own.
DUPLICATE = {thing: readers & (OUR_DRAFTERS | only("neighbour clerk")) for thing, readers in READ.items()}
DEFINERS = only("clerk")

MATRIX: tuple[Line, ...] = (
    # The door, one's own list
    *lines("sign_in", EVERYONE),
    *lines("sign_in sign_out", EVERYONE, method="POST"),
    *lines(
        "inbox what_waits dossiers dossier_counts search saved_filters sittings my_sittings to_sign acts_register "
        "returns prefecture_letters",
        AGENTS,
    ),
    *lines("retry_errand", only("clerk administrator"), thing="errand", method="POST", by_message=True),
    *lines("dashboard", ABOVE | only("cabinet head_of_service director deputy_chief")),
    *lines("saved_filters", AGENTS, thing="kept_filter", method="POST"),
    *lines("remove_filter", only("drafter"), thing="kept_filter", method="POST", by_message=True),
    # Drafting
    *lines("open_dossier", OUR_DRAFTERS | only("neighbour clerk"), thing="draft"),
    *lines("open_dossier", OUR_DRAFTERS | only("clerk"), thing="draft", method="POST"),
    *by_thing("dossier dossier_tab journey_sheet annexes_zip whole_dossier piece readers", READ),
    *lines("piece_page piece_picture", READ["in_circuit"], thing="in_circuit"),
    *by_thing("describe write_report write_deliberation annexes replace_annex submit", WRITE),
    *by_thing(
        "describe write_report write_deliberation import_report import_deliberation annexes order_annexes remove_annex",
        WRITE,
        method="POST",
    ),
    *by_thing("describe_annexes replace_annex", WRITE, method="POST"),
    *lines("begin_upload", WRITE["draft"], thing="draft", method="POST"),
    *lines("receive_part finish_upload", only("drafter"), thing="draft", method="POST"),
    *lines("abandon_upload", only("drafter"), thing="draft", method="POST", by_message=True),
    *by_thing("save_report save_deliberation hold_report hold_deliberation keep_image", WRITE, method="POST"),
    *by_thing("differences_report differences_deliberation paste", READ, method="POST"),
    *by_thing("text_image export_report export_deliberation", READ),
    *by_thing("start_report start_deliberation add_deliberation links", WRITE),
    *by_thing("start_report start_deliberation add_deliberation links unlink", WRITE, method="POST"),
    *by_thing("duplicate", DUPLICATE),
    *by_thing("duplicate", DUPLICATE, method="POST"),
    *by_thing("withdraw", WITHDRAW),
    *by_thing("withdraw", WITHDRAW, method="POST"),
    *by_thing("comment", COMMENT, method="POST"),
    *by_thing("handle_comment reopen_comment", SETTLE, method="POST"),
    *by_thing("version compare compare_pdf compare_versions", _but(READ, "draft", "foreign_draft")),
    *lines("restore_text", only("drafter colleague clerk"), thing="to_correct"),
    *lines("restore_text", only("drafter colleague clerk"), thing="to_correct", method="POST"),
    # Circuit
    *by_thing("submit", WRITE, method="POST"),
    *by_thing("give_visa send_back", VISA),
    *by_thing("give_visa send_back", VISA, method="POST"),
    *by_thing("visas", VISA, method="POST", by_message=True),
    *lines("ask_opinion amend", only("legal"), thing="visa_expected"),
    *lines("ask_opinion amend", only("legal"), thing="visa_expected", method="POST"),
    *lines("pass_on validate_in_emergency", WITHOUT_VISA, thing="visa_expected"),
    *lines("pass_on validate_in_emergency", WITHOUT_VISA, thing="visa_expected", method="POST"),
    *lines("give_opinion", only("colleague"), thing="opinion_asked"),
    *lines("give_opinion", only("colleague"), thing="opinion_asked", method="POST"),
    *lines("take_back_visa", only("legal"), thing="visa_given", method="POST"),
    *lines("cabinet", only("cabinet")),
    *lines("hold", only("cabinet"), thing="at_the_cabinet"),
    *lines("hold set_embargo", only("cabinet"), thing="at_the_cabinet", method="POST"),
    *lines("release", only("cabinet"), thing="held_at_the_cabinet", method="POST"),
    *lines("lift_embargo", only("cabinet"), thing="under_embargo", method="POST"),
    *lines("rules desks", only("administrator clerk auditor")),
    *lines("try_rule", only("administrator clerk auditor"), thing="definitions"),
    *lines("new_circuit edit_circuit new_rule edit_rule new_desk edit_desk", only("clerk"), thing="definitions"),
    *lines(
        "new_circuit edit_circuit new_rule edit_rule new_desk edit_desk",
        only("clerk"),
        thing="definitions",
        method="POST",
    ),
    *lines("retire_circuit switch_rule", only("clerk"), thing="definitions", method="POST", by_message=True),
    *lines("absences mail_choices", AGENTS),
    *lines("mail_choices", AGENTS, method="POST"),
    *lines("declare_absence", AGENTS, thing="definitions", method="POST"),
    *lines("give_delegation", only("clerk administrator"), thing="definitions", method="POST"),
    *lines("end_absence", only("legal clerk administrator"), thing="absence", method="POST", by_message=True),
    *lines(
        "end_delegation", only("director clerk administrator"), thing="visa_delegation", method="POST", by_message=True
    ),
    # Sitting
    *lines("plan_sitting", CLERKS),
    *lines("plan_sitting", CLERKS, method="POST"),
    *lines("sitting", OFFICE | {"drafter"}, thing="prepared"),
    *lines("sitting", OFFICE | {"drafter", "elected"}, thing="convened"),
    *lines("order_agenda put_on_agenda take_off_agenda convene", CLERKS, thing="prepared", method="POST"),
    *lines("summonses", OFFICE, thing="convened"),
    *lines("sitting_paper", OFFICE | {"elected"}, thing="convened"),
    *lines("attendance", CLERKS, thing="convened"),
    *lines("attendance give_proxy end_proxy", only("clerk"), thing="convened", method="POST"),
    *lines("open_sitting", CLERKS, thing="today", method="POST"),
    *lines("console console_item count_votes", CLERKS, thing="held"),
    *lines("record_vote adjourn_item", CLERKS, thing="held", method="POST"),
    *lines("movement", only("clerk"), thing="held", method="POST"),
    *lines("close_sitting", CLERKS, thing="over", method="POST"),
    *lines("book member_report member_annex member_image", SUMMONED, thing="convened"),
    *lines("book member_report member_annex member_image", NOBODY, thing="prepared"),
    # Signing
    *lines("act_to_sign frozen_act", only("president"), thing="to_sign"),
    *lines("sign refuse_signature", only("president"), thing="to_sign", method="POST"),
    *lines("own_signature", only("president"), thing="to_sign"),
    *lines("sign_blob", only("president"), thing="delegated", method="POST"),
    *lines("own_signature", only("president"), thing="delegated", method="POST"),
    *lines("entrust_signature", only("president clerk"), thing="to_sign"),
    *lines("entrust_signature", only("president clerk"), thing="delegated", method="POST"),
    *lines("signatures", only("administrator clerk auditor")),
    *lines("proofs", only("administrator clerk")),
    *lines("prolong_proofs", only("administrator clerk"), thing="act", method="POST"),
    *lines("set_signing_order give_signing_delegation", only("administrator clerk"), thing="delegated", method="POST"),
    *lines("publish_delegation", only("administrator clerk"), thing="delegated", method="POST"),
    *lines("take_decision", only("clerk president"), thing="to_take", method="POST", by_message=True),
    # The registers
    *lines("registers", AGENTS),
    *lines("register", AGENTS, thing="act"),
    *lines("print_register", only("clerk president chief_executive secretariat archivist auditor"), thing="act"),
    *lines("cancel_number", only("clerk"), thing="to_sign"),
    *lines("cancel_number", only("clerk"), thing="to_sign", method="POST"),
    *lines("certify_extract", only("clerk"), thing="act", method="POST"),
    # Transmission, distribution, publication, archive
    *lines("transmissions", only("clerk chief_executive secretariat president auditor administrator")),
    *lines("act_control", READ["act"] - {"archivist"}, thing="to_sign"),
    *lines("correct_filing", only("clerk"), thing="to_sign", method="POST"),
    *lines("classification sending_hours", only("clerk chief_executive secretariat president auditor administrator")),
    *lines("ask_classification", only("clerk administrator"), method="POST"),
    *lines("set_sending_hours announce_maintenance", only("clerk administrator"), method="POST"),
    *lines("lift_maintenance", only("clerk administrator"), thing="maintenance", method="POST"),
    *lines("parked_messages", only("clerk")),
    *lines("parked_message", only("clerk"), thing="parked"),
    *lines("settle_message", only("clerk"), thing="parked", method="POST"),
    *lines("prefecture_letter", READ["act"], thing="letter"),
    *lines("prepare_reply", OUR_DRAFTERS | {"clerk"}, thing="letter", method="POST"),
    *lines("send_reply settle_letter", only("clerk"), thing="letter", method="POST"),
    *lines("transmit_many", only("clerk"), thing="refused_departure", method="POST"),
    *lines("ask_tdt", only("clerk"), thing="uncertain_departure", method="POST"),
    *lines("retry_departure", only("clerk"), thing="refused_departure", method="POST"),
    *lines("apply_message", only("clerk"), thing="late_acknowledgement", method="POST"),
    *lines("cancellation", ABOVE, thing="act"),
    *lines("ask_cancellation", only("clerk"), thing="act", method="POST"),
    *lines("confirm_cancellation", only("chief_executive"), thing="cancellation_asked", method="POST"),
    *lines("decline_cancellation", only("clerk chief_executive"), thing="cancellation_asked", method="POST"),
    *lines("record_notification", OUR_DRAFTERS | {"clerk"}, thing="individual"),
    *lines("record_notification", OUR_DRAFTERS | {"clerk"}, thing="individual", method="POST"),
    *lines("sendings", READ["act"], thing="act"),
    *lines("acknowledge_return", OUR_DRAFTERS, thing="act", method="POST"),
    *lines("send_notice", OUR_DRAFTERS | {"clerk"}, thing="act", method="POST"),
    *lines("to_publish", only("clerk")),
    *lines("publish", only("clerk"), thing="act", method="POST"),
    *lines("deposits", only("archivist clerk administrator auditor")),
    *lines("retry_deposit", only("archivist clerk"), thing="refused_deposit", method="POST"),
    # Whoever has the link, whoever comes
    *lines("partner_page partner_file", EVERYONE, thing="notice"),
    *lines("open_notice", EVERYONE, thing="notice", method="POST"),
    *lines("public_acts scdl public_sittings verify_document", EVERYONE),
    *lines("verify_document", EVERYONE, method="POST"),
    *lines("public_act public_file public_image public_decisions public_decisions_pdf", EVERYONE, thing="published"),
    *lines("public_act public_file public_image", NOBODY, thing="unpublished"),
    # The installation
    *lines("administration people units circuits", only("administrator clerk auditor")),
    *lines("connectors certificates", only("administrator clerk auditor")),
    *lines("connector", only("administrator clerk auditor"), thing="outside_system"),
    *lines("ask_check", only("administrator"), thing="outside_system", method="POST"),
    *lines("act_types text_models numbering", only("administrator clerk auditor")),
    *lines("numbering", only("administrator clerk"), method="POST"),
    *lines("document_models", only("administrator clerk auditor")),
    *lines("document_model model_pdf model_page", DEFINERS, thing="modelled"),
    *lines("document_model publish_document_model", DEFINERS, thing="modelled", method="POST"),
    *lines("restore_document_model", DEFINERS, thing="remodelled", method="POST", by_message=True),
    *lines("discard_document_model", DEFINERS, thing="modelled", method="POST", by_message=True),
    *lines("model_version", only("administrator clerk auditor"), thing="defined"),
    *lines("new_custom_field new_model", DEFINERS),
    *lines("custom_field text_model", DEFINERS, thing="defined"),
    *lines(
        "new_act_type save_act_type new_custom_field custom_field new_model text_model restore_model",
        DEFINERS,
        thing="defined",
        method="POST",
    ),
    *lines(
        "switch_act_type switch_custom_field order_custom_fields switch_model",
        DEFINERS,
        thing="defined",
        method="POST",
        by_message=True,
    ),
)
