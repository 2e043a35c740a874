"""Logs are lines that a machine reads, whoever wrote them."""

import json
import subprocess
import sys

SCRIPT = """
import logging, structlog
from server.edge.logs import configure_logs
configure_logs(as_json={as_json}, level="INFO")
structlog.contextvars.bind_contextvars(request_id="r-1")
structlog.get_logger().info("opened", lead="Élodie")
structlog.get_logger().debug("hidden")
logging.getLogger("uvicorn.error").warning("from %s", "elsewhere")
def sign_in(password):
    1 / 0
try:
    sign_in("hunter" + "2")
except ZeroDivisionError:
    structlog.get_logger().exception("broke")
"""


def lines(*, as_json: bool) -> list[str]:
    script = SCRIPT.format(as_json=as_json)
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout == ""
    return ran.stderr.splitlines()


def test_every_line_is_json_with_time_level_and_request():
    opened, foreign, broke = (json.loads(line) for line in lines(as_json=True))
    assert (opened["event"], opened["lead"], opened["level"]) == ("opened", "Élodie", "info")
    assert (foreign["event"], foreign["level"]) == ("from elsewhere", "warning")
    assert all(line["request_id"] == "r-1" and line["timestamp"] for line in (opened, foreign, broke))
    assert broke["exception"][0]["exc_type"] == "ZeroDivisionError"
    assert "sign_in" in str(broke)
    assert "hunter2" not in str(broke)


def test_a_terminal_gets_words():
    text = "\n".join(lines(as_json=False))
    assert "opened" in text
    assert "hidden" not in text
    assert "hunter2" not in text
