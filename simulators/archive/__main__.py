"""`python -m simulators.archive --port N`: an electronic archive speaking Vitam's ingest API."""

from __future__ import annotations

import argparse
import json
import os
import socket
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import uvicorn

from hemicycle.protocols.seda.controls import Referential
from simulators.archive.app import Archive, make_app
from simulators.archive.clock import Clock
from simulators.archive.deposits import Deposits
from simulators.archive.judgement import Policy

_RULES = (
    "APP-DELIB-1AN=AppraisalRule",
    "ACC-IMMEDIAT=AccessRule",
    "ACC-50ANS=AccessRule",
    "DIS-LIBRE=DisseminationRule",
)
_AGENCY = "22999999000017"


def main() -> int:
    """Serve until SIGTERM."""
    options = _options()
    policy = _policy(options)
    folder = Path(options.data) if options.data else Path(tempfile.mkdtemp(prefix="simulateur-archive-"))
    archive = Archive(Deposits(folder), policy, Clock.starting_at(options.now), options.delay, options.lose_answers)
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    # With its protocol named, asyncio sets TCP_NODELAY on what it accepts: no 40 ms wait at each answer.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((options.host, options.port))
    url = f"http://{options.host}:{listener.getsockname()[1]}"

    def ready() -> None:
        print(json.dumps({"simulator": "archive", "url": url, "data": str(folder)}), flush=True)

    config = uvicorn.Config(make_app(archive, ready), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def _policy(options: argparse.Namespace) -> Policy:
    return Policy(
        referential=Referential(
            agreements=dict.fromkeys(options.agreement or ["IC-DELIBERATIONS"], True),
            archival_agencies=frozenset(options.archival_agency or ["FRAD099"]),
            agencies=frozenset(options.agency or [_AGENCY]),
            any_siret=options.any_agency,
            rules=dict(rule.split("=", 1) for rule in (options.rule or _RULES)),
            unidentified_formats=True,
        ),
        schemas=Path(options.schemas) if options.schemas else None,
        refuse_repeated=not options.accept_repeated,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="simulators.archive", description="Simulateur de service d'archives électronique (API de Vitam)."
    )
    parser.add_argument("--port", type=int, required=True, help="port d'écoute, 0 pour un port libre")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", help="dossier où garder les dépôts (par défaut : dossier temporaire)")
    parser.add_argument("--now", type=datetime.fromisoformat, help="heure de départ, ISO 8601")
    parser.add_argument("--delay", type=float, default=1.0, help="secondes avant le verdict")
    parser.add_argument("--agreement", action="append", help="contrat d'entrée connu (répétable)")
    parser.add_argument("--archival-agency", action="append", help="service d'archives (répétable)")
    parser.add_argument("--agency", action="append", help="service agent connu (répétable)")
    parser.add_argument("--any-agency", action="store_true", help="accepter tout SIRET comme service agent")
    parser.add_argument("--rule", action="append", type=_rule, help="règle connue, CODE=Famille (répétable)")
    parser.add_argument(
        "--schemas",
        default=os.environ.get("HEMICYCLE_SEDA_XSD"),
        help="dossier des schémas officiels (par défaut : variable HEMICYCLE_SEDA_XSD)",
    )
    parser.add_argument("--accept-repeated", action="store_true", help="accepter un identifiant déjà reçu")
    parser.add_argument("--lose-answers", type=int, default=0, help="recevoir N dépôts sans le dire (essais)")
    return parser.parse_args()


def _rule(value: str) -> str:
    if "=" not in value:
        raise argparse.ArgumentTypeError("une règle s'écrit CODE=Famille, par exemple ACC-IMMEDIAT=AccessRule")
    return value


if __name__ == "__main__":
    sys.exit(main())
