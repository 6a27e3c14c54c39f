"""The `hemicycle` command: journey, verify, inspect, serve, and Django's own commands under `admin`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; the exit code says whether it went well."""
    options = _parser().parse_args(arguments)
    try:
        sys.exit(options.run(options))
    except KeyboardInterrupt:
        sys.exit(130)
    except ImproperlyConfigured as nonsense:
        # The settings are people's to correct: the sentence, not the way it came.
        sys.stderr.write(f"{nonsense}\n")
        sys.exit(1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemicycle", description="Les décisions d’un département, du premier projet à l’archive."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")

    journey = commands.add_parser("journey", help="jouer une affaire entière contre les simulateurs")
    journey.add_argument("affaire", type=Path, metavar="DOSSIER", help="dossier qui contient affaire.toml")
    journey.add_argument("--out", type=Path, required=True, metavar="DOSSIER", help="où écrire tout ce qui est produit")
    journey.set_defaults(run=_journey)

    _add_verify(commands)

    inspect = commands.add_parser("inspect", help="dire ce qu’est un fichier de la chaîne et ce qui ne va pas")
    inspect.add_argument("fichier", type=Path, metavar="FICHIER")
    inspect.add_argument("--json", action="store_true", help="réponse en JSON")
    inspect.set_defaults(run=_inspect)

    serve = commands.add_parser("serve", help="démarrer le site et ses coursiers")
    serve.add_argument("--demonstration", action="store_true", help="avec le département fictif et les simulateurs")
    serve.add_argument(
        "--without-dossiers", action="store_true", help="démonstration : le département et ses agents seulement"
    )
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument(
        "--data", type=Path, default=None, metavar="DOSSIER", help="où garder les données (défaut : ./var)"
    )
    serve.set_defaults(run=_serve)

    admin = commands.add_parser("admin", help="commandes d’administration de Django (migrate, run_couriers…)")
    admin.add_argument("arguments", nargs=argparse.REMAINDER)
    admin.set_defaults(run=_admin)
    return parser


def _add_verify(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = commands.add_parser(
        "verify",
        help="juger les signatures de PDF, ou recalculer la chaîne d’un journal, hors ligne",
        description="Code de retour : 0 entier et de signataire reconnu, 1 douteux, 2 refusé.",
    )
    verify.add_argument(
        "paths", type=Path, nargs="+", metavar="FICHIER", help="PDF signés, ou un dossier qui contient journal.jsonl"
    )
    verify.add_argument(
        "--roots",
        type=Path,
        default=None,
        metavar="DOSSIER",
        help="certificats des autorités reconnues (défaut : HEMICYCLE_TRUST_ROOTS)",
    )
    verify.add_argument("--json", action="store_true", help="réponse en JSON")
    verify.set_defaults(run=_verify)


def _journey(options: argparse.Namespace) -> int:
    from hemicycle.journey.run import play

    return play(options.affaire, options.out)


def _verify(options: argparse.Namespace) -> int:
    if len(options.paths) == 1 and not options.paths[0].is_file() and options.paths[0].suffix.lower() != ".pdf":
        return _verify_journal(options.paths[0], as_json=options.json)
    from hemicycle.inspection import verify

    default = os.environ.get("HEMICYCLE_TRUST_ROOTS") or os.environ.get("HEMICYCLE_SIGNATURE_TRUST")
    roots = options.roots or (Path(default) if default else None)
    report, code = verify(options.paths, roots=roots, at=datetime.now(UTC), as_json=options.json)
    print(report)
    return code


def _verify_journal(folder: Path, *, as_json: bool) -> int:
    from hemicycle.protocols.journal.verify import verify

    verdict = verify(folder)
    answer = {"fichier": folder.name, "verdict": "entier" if verdict.ok else "refusé", "phrase": verdict.reason}
    print(json.dumps(answer, ensure_ascii=False, indent=2) if as_json else verdict.reason)
    return 0 if verdict.ok else 1


def _inspect(options: argparse.Namespace) -> int:
    from hemicycle.inspection import inspect

    report, sound = inspect(options.fichier, as_json=options.json)
    print(report)
    return 0 if sound else 1


def _serve(options: argparse.Namespace) -> int:
    from hemicycle.serving.run import serve

    return serve(
        host=options.host,
        port=options.port,
        data=options.data,
        demonstration=options.demonstration,
        dossiers=not options.without_dossiers,
    )


def _admin(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings.base")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["hemicycle admin", *options.arguments])
    return 0


if __name__ == "__main__":
    main()
