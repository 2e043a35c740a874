"""The app as it will be served some day: its clock is ahead by FORECOURT_CLOCK_AHEAD_DAYS."""

import os
from datetime import datetime, timedelta

from starlette.applications import Starlette

from server import app
from server.kernel.clock import system_clock

AHEAD = timedelta(days=int(os.environ.get("FORECOURT_CLOCK_AHEAD_DAYS", "0")))


def create_app() -> Starlette:
    return app.create_app(clock=clock)


def clock() -> datetime:
    return system_clock() + AHEAD
