"""Options of the program."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hemicycle.protocols.actes import Emitter, NotBuildable

from .scenarios import NORMAL, SCENARIOS


@dataclass(frozen=True, kw_only=True)
class SecureDoor:
    """Files in PEM; `port` 0 is any free one."""

    port: int
    certificate: Path
    key: Path
    #: Who issued the certificates of the clients.
    clients: Path


@dataclass(frozen=True, kw_only=True)
class Settings:
    host: str
    port: int
    data: Path
    now: datetime | None
    emitter: Emitter
    login: str
    password: str
    #: Seconds between a deposit at the ministry and its answer.
    delay: float
    #: For this run, unless another is chosen on the page.
    scenario: str
    #: Folder of official schemas, or None.
    schemas: Path | None
    #: That many deposits are recorded and answered 504: the sender cannot know.
    lose_answers: int = 0
    trigramme: str = "SIM"
    #: The test application: a simulator never writes EACT.
    quadrigramme: str = "TACT"
    return_address: str = "retour@tdt-simule.test"
    #: Seconds before an answer that does not come is given up.
    hold: float = 40.0
    #: Serial of the certificate that Stela's proxy announces.
    stela_serial: str = "51A0"
    #: Where returns to other addresses than the TdT's are mailed; None: all to the TdT.
    smtp: tuple[str, int] | None = None
    #: A second door, over TLS, for those who show a certificate of that authority; None: no such door.
    door: SecureDoor | None = None


def read_settings(arguments: Sequence[str]) -> Settings:
    """Exits with a French sentence on a wrong option."""
    parser = _parser()
    options = parser.parse_args(arguments)
    schemas = options.schemas or os.environ.get("HEMICYCLE_ACTES_XSD") or None
    if schemas and not (Path(schemas) / "actesv1_1.xsd").is_file():
        parser.error(f"le dossier {schemas} ne contient pas actesv1_1.xsd")
    try:
        emitter = Emitter(
            siren=options.siren,
            departement=options.departement,
            arrondissement=options.arrondissement,
            nature=options.nature,
        )
    except NotBuildable as reason:
        parser.error(str(reason))
    return Settings(
        host=options.host,
        port=options.port,
        data=Path(options.data or tempfile.mkdtemp(prefix="prefecture-")),
        now=options.now,
        emitter=emitter,
        login=options.login,
        password=options.password,
        delay=options.delay,
        scenario=options.scenario,
        schemas=Path(schemas) if schemas else None,
        lose_answers=options.lose_answers,
        hold=options.hold,
        smtp=options.smtp,
        stela_serial=options.stela_serial,
        door=_door(parser, options),
    )


def _door(parser: argparse.ArgumentParser, options: argparse.Namespace) -> SecureDoor | None:
    files = options.tls_certificate, options.tls_key, options.tls_clients
    if not any(files):
        return None
    if not all(file is not None and file.is_file() for file in files):
        parser.error("la porte TLS veut trois fichiers : --tls-certificate, --tls-key et --tls-clients")
    return SecureDoor(port=options.tls_port, certificate=files[0], key=files[1], clients=files[2])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulators.prefecture", description="Simulateur de TdT (API S²LOW) et de ministère."
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 choisit un port libre")
    parser.add_argument("--data", help="dossier de l’état ; à défaut, un dossier temporaire")
    parser.add_argument("--now", type=_moment, help="heure du simulateur, ISO 8601 avec fuseau")
    parser.add_argument("--siren", default="229999990")
    parser.add_argument("--departement", default="099")
    parser.add_argument("--arrondissement", default="1")
    parser.add_argument("--nature", default="22", help="type de collectivité, deux chiffres")
    parser.add_argument("--login", default="simulateur")
    parser.add_argument("--password", default="simulateur")
    parser.add_argument("--delay", type=float, default=2.0, help="secondes avant la réponse du ministère")
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default=NORMAL, help="joué cette fois-ci")
    parser.add_argument("--schemas", help="dossier des schémas officiels (ou HEMICYCLE_ACTES_XSD)")
    parser.add_argument("--lose-answers", type=int, default=0, help="enregistrer N dépôts sans le dire (essais)")
    parser.add_argument("--hold", type=float, default=40.0, help="secondes d’attente d’une réponse qui ne vient pas")
    parser.add_argument("--smtp", type=_server, help="hôte:port qui porte les retours aux adresses autres que du TdT")
    parser.add_argument("--stela-serial", default="51A0", help="numéro du certificat que Stela admet, en hexadécimal")
    parser.add_argument("--tls-port", type=int, default=0, help="port de la porte TLS, 0 pour un port libre")
    parser.add_argument("--tls-certificate", type=Path, help="certificat (PEM) de la porte TLS, qui s’ouvre avec lui")
    parser.add_argument("--tls-key", type=Path, help="sa clé (PEM)")
    parser.add_argument("--tls-clients", type=Path, help="autorité (PEM) des certificats exigés des clients")
    return parser


def _server(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise argparse.ArgumentTypeError("le serveur s’écrit hôte:port, par exemple 127.0.0.1:2525")
    return host, int(port)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("l’heure doit porter son fuseau, par exemple +01:00")
    return moment
