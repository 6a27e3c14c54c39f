"""Settings of the tests: SQLite in a file by default, PostgreSQL when HEMICYCLE_DATABASE_URL says so."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("HEMICYCLE_SECRET_KEY", "tests-only-tests-only-tests-only-tests-only-tests")
os.environ.setdefault("HEMICYCLE_DATA", tempfile.mkdtemp(prefix="hemicycle-tests-"))

from hemicycle.config.settings.base import *  # noqa: F403
from hemicycle.config.settings.base import DATA, DATABASES, TEMPLATES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of the live server must see the same tables, with the same locking.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False


class UndefinedVariable(str):
    """Makes a template that reads an unknown variable fail instead of printing nothing."""

    def __mod__(self, missing: object) -> str:
        raise NameError(f"the template reads an undefined variable: {missing}")

    def __contains__(self, piece: object) -> bool:
        return True if piece == "%s" else super().__contains__(str(piece))


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("%s")
