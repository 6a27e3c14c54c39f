"""`hemicycle admin check_systems [SYSTÈME…]`: the tests of « Raccordements », printed; nothing is sent nor recorded."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from hemicycle.chain.connectors.queries import BY_SLUG, SYSTEMS, System, is_set
from hemicycle.couriers.connector_checks import examine
from hemicycle.gateways.checks import Certificate, Finding, Outcome, Use

MARKS = {Outcome.OK: "ok   ", Outcome.DOUBT: "doute", Outcome.FAILED: "ÉCHEC"}


class Command(BaseCommand):
    help = "Teste les systèmes extérieurs réglés, sans rien leur envoyer. Code de retour : 1 si l’un d’eux échoue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("systems", nargs="*", metavar="système", choices=[*BY_SLUG, []], help=", ".join(BY_SLUG))

    def handle(self, *_args: Any, systems: list[str], **_options: Any) -> None:
        outcomes = [self._tested(BY_SLUG[slug]) for slug in systems or BY_SLUG]
        if Outcome.FAILED in outcomes:
            sys.exit(1)

    def _tested(self, system: System) -> Outcome:
        self.stdout.write(f"\n{SYSTEMS[system].name}")
        if not is_set(system):
            self.stdout.write("  non réglé")
            return Outcome.OK
        at = timezone.now()
        report = examine(system, at)
        for finding in report.findings:
            self.stdout.write(_written(finding))
        for certificate in report.certificates:
            if certificate.use is not Use.ROOT:
                self.stdout.write(_dated(certificate, at))
        return report.outcome


def _written(finding: Finding) -> str:
    remedy = f"\n         → {finding.remedy}" if finding.remedy else ""
    return f"  {MARKS[finding.outcome]}  {finding.what} : {finding.sentence}{remedy}"


def _dated(certificate: Certificate, at: dt.datetime) -> str:
    days = (certificate.not_after - at).days
    left = f"encore {days} jours" if days >= 0 else "expiré"
    return f"         certificat « {certificate.subject} », jusqu’au {certificate.not_after:%d/%m/%Y} ({left})"
