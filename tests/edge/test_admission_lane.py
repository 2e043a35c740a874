"""A lane by itself: places, a queue, and who goes first. No clock but the story's own."""

import asyncio
from collections.abc import Callable

import pytest

from server.edge.admission import LONGEST_PAUSE, Admission, Busy, places
from server.edge.lane import FORGOTTEN_AFTER, REMEMBERED, Full, Lane, Rules


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def lane(*, at_once: int = 1, waiting: int = 1, patience: float = 60.0) -> tuple[Lane, Watch]:
    watch = Watch()
    return Lane(Rules(at_once=at_once, waiting=waiting, patience=patience), clock=watch), watch


async def comes(to: Lane, key: int | None) -> "asyncio.Task[float]":
    """Somebody asks for a place, and is in the queue by now if there was none."""
    task = asyncio.create_task(to.enter(key))
    await asyncio.sleep(0)
    return task


async def test_who_finds_a_place_has_it_at_once_and_the_next_one_when_it_is_left() -> None:
    of, _ = lane(waiting=2)
    first, second, third = [await comes(of, key) for key in (1, 2, 3)]
    assert (first.done(), second.done(), of.waiting) == (True, False, 2)
    of.leave(first.result())
    await second
    assert not third.done()
    of.leave(second.result())
    of.leave(await third)
    assert (of.busy, of.waiting) == (0, 0)


async def test_a_full_queue_sends_away_at_once_and_nothing_of_it_stays() -> None:
    of, _ = lane()
    inside, waiting = await comes(of, 1), await comes(of, 2)
    for key in range(3, 1_003):
        with pytest.raises(Full):
            await of.enter(key)
    assert (of.busy, of.waiting) == (1, 1)
    of.leave(inside.result())
    of.leave(await waiting)
    assert of.busy == 0


async def test_who_would_not_get_in_in_time_is_told_at_once() -> None:
    of, _ = lane(at_once=1, waiting=100, patience=60.0)
    of.seconds = 10.0
    inside, waiting = await comes(of, 1), [await comes(of, key) for key in range(2, 8)]
    with pytest.raises(Full):
        await of.enter(8)
    assert of.waiting == 6, "one after the other they take a minute"
    for task in (inside, *waiting):
        of.leave(await task)


async def test_who_was_sent_away_first_goes_before_all_who_came_later() -> None:
    of, watch = lane()
    inside, waiting = await comes(of, 1), await comes(of, 2)
    watch.now = 1
    with pytest.raises(Full):
        await of.enter(3)
    watch.now = 2
    of.leave(inside.result())
    newcomer = await comes(of, 4)
    assert (await waiting, newcomer.done()) == (2, False)
    again = await comes(of, 3)
    with pytest.raises(Full):
        await newcomer
    of.leave(2)
    await again
    assert of.remembered == 1, "the newcomer is owed a place now"


async def test_nobody_starves_however_many_come_before_them_every_time() -> None:
    """A place and a queue of two. Twenty elders are sent away; in each round five newcomers are quicker."""
    of, watch = lane(waiting=2)
    keys = iter(range(1, 1_000))
    absent = elders = [next(keys) for _ in range(20)]
    served: set[int] = set()
    for turn in range(12):
        watch.now = float(turn)
        absent = [next(keys) for _ in range(5 if turn else 0)] + absent
        asked = {key: await comes(of, key) for key in absent}
        inside = next(key for key, task in asked.items() if task.done() and not task.exception())
        while of.busy:
            served.add(inside)
            of.leave(watch.now)
            await asyncio.sleep(0)
            inside = next(
                (k for k, t in asked.items() if t.done() and not t.exception() and k not in served), 0
            )
        absent = [key for key in absent if isinstance(asked[key].exception(), Full)]
    assert served >= set(elders)
    assert (of.busy, of.waiting, of.remembered) == (0, 0, len(absent))


async def test_who_waited_too_long_is_sent_away_and_keeps_their_age() -> None:
    of, watch = lane(patience=0.01)
    inside = await comes(of, 1)
    with pytest.raises(Full):
        await of.enter(2)
    watch.now = 5
    younger = await comes(of, 3)
    elder = await comes(of, 2)
    with pytest.raises(Full):
        await younger
    of.leave(inside.result())
    await elder


@pytest.mark.parametrize("granted", [False, True])
async def test_whoever_goes_away_while_waiting_leaves_no_place_taken(granted: bool) -> None:
    of, _ = lane(waiting=2)
    inside, gone, last = [await comes(of, key) for key in (1, 2, 3)]
    if granted:
        of.leave(inside.result())
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    if not granted:
        of.leave(inside.result())
    of.leave(await last)
    assert (of.busy, of.waiting) == (0, 0)


async def test_its_memory_is_bounded() -> None:
    of, watch = lane(waiting=0)
    await of.enter(1)
    for key in range(2, REMEMBERED + 500):
        with pytest.raises(Full):
            await of.enter(key)
    assert of.remembered == REMEMBERED
    watch.now = FORGOTTEN_AFTER + 1
    with pytest.raises(Full):
        await of.enter(1)
    assert of.remembered == 1


def admission(dice: Callable[[], float] = lambda: 0.5) -> tuple[Admission, list[str]]:
    told: list[str] = []
    rules = Rules(at_once=1, waiting=0, patience=1.0)
    return Admission({"push": rules, "pull": rules, "bootstrap": rules}, dice=dice, told=told.append), told


async def test_the_pause_grows_with_the_crowd_and_is_another_for_everybody() -> None:
    rolled = iter([n % 10 / 10 for n in range(10_000)])
    of, told = admission(lambda: next(rolled))
    of.lanes["pull"].seconds = 0.02
    pauses = []
    async with of.place("pull", "tablet 0"):
        for n in range(1, 1_001):
            with pytest.raises(Busy) as busy:
                async with of.place("pull", f"tablet {n}"):
                    pass
            pauses.append(busy.value.retry_after)
    assert told == ["pull"] * 1_000
    assert min(pauses) == 1
    assert max(pauses) == round(LONGEST_PAUSE * 1.4), "the longest, and nine tenths of the dice"
    assert len(set(pauses[-10:])) > 8, "also among those who make the longest"
    assert sum(pauses[:100]) < sum(pauses[300:400]) < sum(pauses[-100:])


async def test_lanes_do_not_stand_in_each_others_way() -> None:
    of, _ = admission()
    async with (
        of.place("bootstrap", "a"), of.place("pull", "b"), of.place("push", "c"),
        of.place(None, "a person at a screen"), of.place("hello", "a lane that is not kept"),
    ):  # fmt: skip
        with pytest.raises(Busy):
            async with of.place("bootstrap", "d"):
                pass


async def test_a_place_is_given_back_whatever_happens_in_it() -> None:
    of, _ = admission()
    for _ in range(3):
        with pytest.raises(LookupError):
            async with of.place("push", "a"):
                raise LookupError
    assert of.lanes["push"].busy == 0


@pytest.mark.parametrize("connections", [1, 4, 6, 10, 50])
def test_two_connections_are_left_to_those_who_wait_at_a_screen(connections: int) -> None:
    taken = sum(rules.at_once for rules in places(connections=connections).values())
    assert taken <= max(4, connections - 2)
    assert all(rules.at_once >= 1 for rules in places(connections=connections).values())
