"""The demo's one password: made once for a data folder, kept there, printed whenever it is served."""

import os
import secrets
from pathlib import Path

from server.demo.cast import LOG_INS
from server.settings import Settings

WORDS = ("harbour", "lantern", "copper", "meadow", "granite", "willow", "signal", "amber", "cedar", "velvet")


def password(settings: Settings) -> str:
    """FORECOURT_DEMO_PASSWORD, else the one of this data folder."""
    given = os.environ.get("FORECOURT_DEMO_PASSWORD")
    if given:
        _keep(settings, given)
        return given
    file = _file(settings)
    if not file.exists():
        _keep(settings, f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}")
    return file.read_text().strip()


def log_ins(settings: Settings) -> list[str]:
    """Lines to print; none where there is no demo."""
    file = _file(settings)
    if not file.exists():
        return []
    width = max(len(email) for email, _ in LOG_INS)
    return [
        *(f"  {email:<{width}}  {who}" for email, who in LOG_INS),
        f"password: {file.read_text().strip()}",
    ]


def _keep(settings: Settings, said: str) -> None:
    file = _file(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(said)


def _file(settings: Settings) -> Path:
    return settings.data / "demo-password"
