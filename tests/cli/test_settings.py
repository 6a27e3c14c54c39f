"""Settings without sense stop the command with one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"HEMICYCLE_HTTPS": "zut"}, "HEMICYCLE_HTTPS vaut « zut » : écrivez 1 ou 0.\n"),
        (
            {"HEMICYCLE_BLOBS_S3": "actes", "HEMICYCLE_S3_REGION": "fr-par", "HEMICYCLE_S3_ACCESS_KEY": "clé"},
            "HEMICYCLE_S3_ACCESS_KEY et HEMICYCLE_S3_SECRET_KEY vont ensemble : l’une manque.\n",
        ),
    ],
)
def test_a_command_says_which_setting_is_wrong(tmp_path: Path, given: dict[str, str], said: str) -> None:
    kept = {n: v for n, v in os.environ.items() if not n.startswith("HEMICYCLE_")}
    environment = {
        **kept,
        "HEMICYCLE_SECRET_KEY": "essai-" * 10,
        "HEMICYCLE_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
        **given,
    }
    command = [sys.executable, "-m", "hemicycle.cli", "admin", "check"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stderr) == (1, said)
