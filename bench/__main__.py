"""`python -m bench`: run every measure in an installation of its own and print one line each."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as name:
        folder = Path(name)
        os.environ.update(
            {
                "DJANGO_SETTINGS_MODULE": "hemicycle.config.settings.base",
                "HEMICYCLE_DATA": name,
                "HEMICYCLE_BLOBS": str(folder / "blobs"),
                "HEMICYCLE_DATABASE_URL": f"sqlite:///{folder / 'hemicycle.sqlite3'}",
                "HEMICYCLE_SECRET_KEY": secrets.token_urlsafe(48),
            }
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0, skip_checks=True)
        from bench import acts, documents, store

        print(f"{'measure':<52}{'ours':>12}{'limit':>12}{'ratio':>9}   what the limit is")
        for module in (acts, store, documents):
            for line in module.measures(folder):
                ratio = line.ours / line.limit
                print(f"{line.name:<52}{line.ours:>9.2f} ms{line.limit:>9.2f} ms{ratio:>8.1f}×   {line.what}")


if __name__ == "__main__":
    main()
