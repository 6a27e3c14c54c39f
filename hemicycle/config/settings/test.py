"""Settings of the tests (placeholder until the core lands)."""

SECRET_KEY = "test"  # noqa: S105
INSTALLED_APPS: list[str] = []
USE_TZ = True
