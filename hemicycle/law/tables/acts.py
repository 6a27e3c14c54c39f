"""Rules of the acts: publicity, transmission, control of legality, appeals."""

from __future__ import annotations

from datetime import date, timedelta

from hemicycle.law.rule import Certainty, Rule

_CODIFIED = date(1996, 2, 24)
_SILENCE = date(2000, 11, 1)
_CJA = date(2001, 1, 1)
_CRPA = date(2016, 1, 1)
_ELECTRONIC = date(2022, 7, 1)
_EVE = _ELECTRONIC - timedelta(days=1)

#: European threshold for supplies and services of local authorities: first year, last year, euros, certainty.
_THRESHOLDS: tuple[tuple[int, int, int, Certainty], ...] = (
    (2010, 2011, 193_000, "secondary"),
    (2012, 2013, 200_000, "secondary"),
    (2014, 2015, 207_000, "to_verify"),
    (2016, 2019, 209_000, "secondary"),
    (2020, 2021, 214_000, "secondary"),
    (2022, 2023, 215_000, "secondary"),
    (2024, 2025, 221_000, "secondary"),
    (2026, 2027, 216_000, "secondary"),
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="publicity.regime",
        value="posting_or_publication",
        article="CGCT, art. L3131-1 et L3131-3 anciens",
        valid_from=_CODIFIED,
        valid_to=_EVE,
        certainty="confirmed",
        note="Le recueil n’était pas une condition (CE, 8 novembre 2017, n° 406876).",
    ),
    Rule(
        code="publicity.regime",
        value="electronic",
        article="CGCT, art. L3131-1",
        valid_from=_ELECTRONIC,
        certainty="confirmed",
    ),
    Rule(
        code="publication.minimum_months",
        value=2,
        article="CGCT, art. R3131-2",
        valid_from=_ELECTRONIC,
        certainty="confirmed",
    ),
    Rule(
        code="entry_into_force.regulatory_days",
        value=1,
        article="CRPA, art. L221-2",
        valid_from=_CRPA,
        certainty="to_verify",
        note="Articulation avec « dès que » de l’article L3131-1 du CGCT à vérifier.",
    ),
    Rule(
        code="withdrawal.months",
        value=4,
        article="CRPA, art. L242-1 et L243-3",
        valid_from=_CRPA,
        certainty="confirmed",
    ),
    Rule(
        code="minutes.publication_days",
        value=0,
        article="CGCT, art. L3121-13 ancien",
        valid_from=_CODIFIED,
        valid_to=_EVE,
        certainty="confirmed",
        note="Aucune obligation de mise en ligne avant le 1er juillet 2022.",
    ),
    Rule(
        code="minutes.publication_days",
        value=7,
        article="CGCT, art. L3121-13",
        valid_from=_ELECTRONIC,
        certainty="confirmed",
    ),
    Rule(
        code="transmission.individual_days",
        value=15,
        article="CGCT, art. L3131-1 ancien",
        valid_from=_CODIFIED,
        valid_to=_EVE,
        certainty="confirmed",
    ),
    Rule(
        code="transmission.individual_days",
        value=15,
        article="CGCT, art. L3131-2 II",
        valid_from=_ELECTRONIC,
        certainty="secondary",
    ),
    Rule(
        code="transmission.concession_days",
        value=15,
        article="CGCT, art. L1411-9",
        valid_from=_CODIFIED,
        certainty="secondary",
        note="Article lu ; le décompte en jours sans report est une lecture.",
    ),
    *(
        Rule(
            code="transmission.contract_threshold",
            value=euros,
            article="CGCT, art. L3131-2 I 4° et D2131-5-1",
            valid_from=date(first, 1, 1),
            valid_to=date(last, 12, 31),
            certainty=certainty,
        )
        for first, last, euros, certainty in _THRESHOLDS
    ),
    Rule(
        code="silence.months",
        value=4,
        article="décret n° 65-29 du 11 janvier 1965",
        valid_from=_CODIFIED,
        valid_to=_SILENCE - timedelta(days=1),
        certainty="to_verify",
    ),
    Rule(
        code="silence.months",
        value=2,
        article="CRPA, art. L231-4 et L411-7",
        valid_from=_SILENCE,
        certainty="secondary",
        note="Avant 2016 : loi n° 2000-321. Usage entre le préfet et le département : jurisprudence.",
    ),
    Rule(code="appeal.months", value=2, article="CJA, art. R421-1", valid_from=_CJA, certainty="secondary"),
    Rule(
        code="appeal.months_overseas",
        value=1,
        article="CJA, art. R421-7",
        valid_from=_CJA,
        certainty="secondary",
    ),
    Rule(
        code="appeal.months_abroad",
        value=2,
        article="CJA, art. R421-7",
        valid_from=_CJA,
        certainty="secondary",
    ),
    Rule(
        code="appeal.months_unstated",
        value=12,
        article="CJA, art. R421-5 ; CE, Ass., 13 juillet 2016, Czabaj",
        valid_from=_CJA,
        certainty="to_verify",
    ),
    Rule(
        code="referral.months",
        value=2,
        article="CGCT, art. L3132-1",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="referral.suspension_days",
        value=10,
        article="CGCT, art. L3132-1",
        valid_from=_CODIFIED,
        certainty="confirmed",
    ),
    Rule(
        code="referral.suspension_months",
        value=1,
        article="CGCT, art. L3132-1",
        valid_from=_CODIFIED,
        certainty="confirmed",
    ),
    Rule(
        code="referral.request_months",
        value=2,
        article="CGCT, art. L3131-4",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
    Rule(
        code="letter.simple_days",
        value=30,
        article="aucun texte lu",
        valid_from=_CODIFIED,
        certainty="to_verify",
        note="Repère de l’application : un courrier simple n’ouvre aucun délai et n’en déplace aucun.",
    ),
    Rule(
        code="letter.referral_days",
        value=15,
        article="CJA, art. R611-10",
        valid_from=_CJA,
        certainty="to_verify",
        note="Repère de l’application : le délai du mémoire en défense est fixé par le tribunal, qui le notifie.",
    ),
    Rule(
        code="referral.third_party_months",
        value=2,
        article="CGCT, art. L3132-3",
        valid_from=_CODIFIED,
        certainty="secondary",
    ),
)
