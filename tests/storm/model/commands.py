"""The alphabet of histories: what may happen, how often, and how it is carried out."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tests.storm.model.disk import PowerFailed
from tests.storm.model.moments import DAY, HOUR, MINUTE
from tests.storm.model.network import FAULTS
from tests.storm.model.state import Work
from tests.storm.model.taps import TAPS
from tests.storm.model.town import PEOPLE, ROLES

if TYPE_CHECKING:
    from tests.storm.model.history import World

SKEWS = (0, HOUR, -HOUR, 2 * DAY, -2 * DAY, 4 * MINUTE, -31 * DAY)
SPANS = (HOUR, DAY, 3 * DAY, 40 * DAY, 200 * DAY)


def taps(world: "World", who: int, what: str, a: int, b: int, hold: bool) -> None:
    tapped = TAPS[what][1](world, world.tablets[who], a, b)
    if tapped is None:
        return
    verb, variables = tapped
    if verb in ("captureWalkIn", "openLead"):
        world.leads.append(variables.get("leadId") or variables["id"])
    world.acknowledges(who, world.tablets[who].taps(verb, variables, hold=hold))


def types(world: "World", who: int, n: int) -> None:
    """A form is half filled, and perhaps handed in."""
    tablet = world.tablets[who]
    tablet.types("visit", f"half {n}")
    world.judge.drafted(who, "visit")
    if n % 2:
        world.judge.handed_in(who, "visit")
        world.acknowledges(who, tablet.taps("greetVisit", {"id": world.ids(), "note": f"{n}"}, draft="visit"))


def undoes(world: "World", who: int) -> None:
    last = world.acknowledged[who][-1] if world.acknowledged[who] else None
    if last and world.tablets[who].undoes(last["clientMutationId"]):
        world.judge.dealt_with(last["clientMutationId"])


def deals(world: "World", who: int, again: bool) -> None:
    """With the first in the tray: mended and sent again, or thrown away with a word."""
    tablet = world.tablets[who]
    first = next(iter(tablet.disk.tray.values()), None)
    if first is None:
        return
    world.judge.dealt_with(first["clientMutationId"])
    if not again:
        tablet.discards(first["clientMutationId"])
        return
    mended = {**first["variables"]}
    mended |= {"text": "hello"} if first["verb"] == "logTouch" else {}
    mended |= {"phone": ""} if mended.get("phone") == "12" else {}
    world.acknowledges(who, tablet.taps(first["verb"], mended, replaces=first["clientMutationId"]))


def sync(world: "World", who: int, *faults: str) -> None:
    world.syncs(who, faults)


def step(world: "World", who: int, fault: str) -> None:
    """One request only: everybody else may act before the next."""
    try:
        if world.tablets[who].next_request() is None:
            world.tablets[who].syncs()
        world.steps(who, fault)
    except PowerFailed:
        world.restarts(who)


def crash(world: "World", who: int, writes: int, tap: bool) -> None:
    """The power fails before the nth write from now, in a tap or in a sync; then it is switched on again."""
    world.disks[who].dies_in = writes
    if tap:
        with suppress(PowerFailed):
            tablet = world.tablets[who]
            world.acknowledges(who, tablet.taps("greetVisit", {"id": world.ids(), "note": "late"}))
    if world.syncs(who):
        world.restarts(who)


def restart(world: "World", who: int) -> None:
    world.restarts(who)


def leave(world: "World", who: int) -> None:
    """Signs out; a colleague works; comes back."""
    world.judge.leaves(who)
    world.tablets[who].leaves()
    world.restarts(who)


def clock(world: "World", who: int, n: int) -> None:
    world.skews[who] = SKEWS[n]


def passes(world: "World", n: int) -> None:
    world.now += SPANS[n]


def role(world: "World", name: str, to: str) -> None:
    world.server.does(lambda work: _give_role(work, name, to))


def _give_role(work: Work, name: str, to: str) -> None:
    work.change("memberships", name, role=to)


def active(world: "World", name: str, to: bool) -> None:
    """Somebody leaves: none of their tablets may send any more. Or they are back, and begin anew."""
    world.server.does(lambda work: _set_active(work, name, to))
    if not to:
        stores = world.server.state.stores.values()
        world.server.revokes(*(store["id"] for store in stores if store["person"] == PEOPLE[name]))


def _set_active(work: Work, name: str, to: bool) -> None:
    work.change("people", PEOPLE[name], active=to)


def revoke(world: "World", who: int) -> None:
    """The manager bars the tablet: at its next contact it hands over what was typed, and holds nothing any more."""
    world.server.revokes(world.tablets[who].client_id)


def update(world: "World", who: int, verb: str) -> None:
    """The app is updated with a full outbox, and one of its verbs is gone."""
    world.unknown[who] = frozenset({verb})
    world.restarts(who)


def backup(world: "World") -> None:
    world.judge.backup = world.server.backs_up()


def restore(world: "World") -> None:
    if world.judge.backup:
        world.judge.restored()
        world.server.restore(world.judge.backup)


def kill(world: "World") -> None:
    world.server.is_killed()


def late(world: "World", backwards: bool) -> None:
    world.network.delivers_late(backwards=backwards)


def everybody_is_back(world: "World") -> None:
    world.server.commit_open()
    for name in ROLES:
        if not world.server.state.rows["people"][PEOPLE[name]]["active"]:
            active(world, name, to=True)


def _who(dice: random.Random) -> int:
    return dice.choice((0, 0, 1, 2, 2, 3))


def _sync(dice: random.Random) -> tuple[Any, ...]:
    faults = [dice.choice(FAULTS) if dice.random() < 0.35 else "none" for _ in range(dice.randint(0, 5))]
    return ("sync", _who(dice), *faults)


def _taps(dice: random.Random) -> tuple[Any, ...]:
    (what,) = dice.choices(list(TAPS), [often for often, _ in TAPS.values()])
    return ("taps", _who(dice), what, dice.randrange(30), dice.randrange(30), dice.random() < 0.15)


def _step(dice: random.Random) -> tuple[Any, ...]:
    return ("step", _who(dice), dice.choice(FAULTS) if dice.random() < 0.3 else "none")


def _role(dice: random.Random) -> tuple[Any, ...]:
    return ("role", dice.choice(("sam", "sue")), dice.choice(("SALESPERSON", "MANAGER", "RECEPTION")))


Make = Callable[[random.Random], tuple[Any, ...]]

ALPHABET: dict[str, tuple[int, Callable[..., None], Make]] = {
    # how often, what it does, how one is made
    "taps": (44, taps, _taps),
    "sync": (26, sync, _sync),
    "step": (12, step, _step),
    "crash": (5, crash, lambda dice: ("crash", _who(dice), dice.randrange(14), dice.random() < 0.5)),
    "types": (2, types, lambda dice: ("types", _who(dice), dice.randrange(4))),
    "undoes": (2, undoes, lambda dice: ("undoes", _who(dice))),
    "deals": (3, deals, lambda dice: ("deals", _who(dice), dice.random() < 0.5)),
    "restart": (2, restart, lambda dice: ("restart", _who(dice))),
    "leave": (2, leave, lambda dice: ("leave", _who(dice))),
    "clock": (2, clock, lambda dice: ("clock", _who(dice), dice.randrange(len(SKEWS)))),
    "passes": (2, passes, lambda dice: ("passes", dice.randrange(len(SPANS)))),
    "role": (2, role, _role),
    "active": (1, active, lambda dice: ("active", dice.choice(("sam", "sue")), dice.random() < 0.4)),
    "revoke": (1, revoke, lambda dice: ("revoke", _who(dice))),
    "update": (1, update, lambda dice: ("update", _who(dice), dice.choice(("logTouch", "captureWalkIn")))),
    "backup": (2, backup, lambda dice: ("backup",)),
    "restore": (2, restore, lambda dice: ("restore",)),
    "kill": (1, kill, lambda dice: ("kill",)),
    "late": (2, late, lambda dice: ("late", dice.random() < 0.5)),
}
NAMES = list(ALPHABET)
WEIGHTS = [often for often, _, _ in ALPHABET.values()]


def made(name: str, dice: random.Random) -> tuple[Any, ...]:
    return ALPHABET[name][2](dice)


def carry_out(world: "World", command: tuple[Any, ...]) -> None:
    ALPHABET[command[0]][1](world, *command[1:])
