"""A showroom's rules are data: defaults, the differences it chose, and bounds that hold them."""

from typing import Any

import pytest

import schema.mutations.visits  # noqa: F401
from server.kernel.actor import Actor
from server.kernel.refused import Refused
from server.kernel.work import Command, unit_of_work
from server.showrooms import actions, queries
from server.showrooms.model import Showroom, Source
from server.showrooms.rules import changed_policies, policies_of
from tests.cast import CAST
from tests.conftest import Hands
from tests.past import written

HARBOUR = CAST.showrooms["harbour"]


def test_a_showroom_that_chose_nothing_has_the_defaults() -> None:
    policies = policies_of(Showroom(policies={}))

    assert (policies.sight, policies.drive_minutes, policies.first_contact_hours) == ("OWN", 30, 24)
    assert dict(policies.cadence) == {"N": 3, "H": 1, "A": 3, "B": 7, "C": 15, "NURTURE": 90, "O": 3}


def test_a_difference_changes_only_itself() -> None:
    policies = policies_of(Showroom(policies={"cadence": {"A": 2}, "driveMinutes": 45}))

    assert (policies.cadence["A"], policies.cadence["B"], policies.drive_minutes) == (2, 7, 45)


def test_what_a_later_version_wrote_or_nobody_can_mean_counts_for_nothing() -> None:
    policies = policies_of(Showroom(policies={"teleport": 1, "driveMinutes": -5, "sight": "ALL"}))

    assert (policies.sight, policies.drive_minutes) == ("OWN", 30)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"driveMinutes": -1}, "OUT_OF_RANGE", "driveMinutes"),
        ({"driveMinutes": "30"}, "OUT_OF_RANGE", "driveMinutes"),
        ({"driveMinutes": True}, "OUT_OF_RANGE", "driveMinutes"),
        ({"cadence": {"H": 3}}, "OUT_OF_RANGE", "cadence.H"),
        ({"cadence": {"X": 3}}, "UNKNOWN_POLICY", "cadence.X"),
        ({"cadence": 3}, "UNKNOWN_POLICY", "cadence"),
        ({"sight": "ALL"}, "UNKNOWN_POLICY", "sight"),
        ({"teleport": 1}, "UNKNOWN_POLICY", "teleport"),
    ],
)
def test_a_rule_out_of_bounds_is_refused_with_its_name(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        changed_policies({}, changes)

    assert (refused.value.code, refused.value.field) == (code, field)


def test_none_returns_to_the_default_and_cadences_are_changed_one_by_one() -> None:
    before = {"driveMinutes": 45, "cadence": {"A": 2}}

    after = changed_policies(before, {"driveMinutes": None, "cadence": {"B": 5}})

    assert after == {"cadence": {"A": 2, "B": 5}}
    assert before == {"driveMinutes": 45, "cadence": {"A": 2}}


async def test_a_manager_changes_the_rules_of_their_showroom_and_nobody_else_does(hand: Hands) -> None:
    for name in ("sam", "rita", "iris"):
        with pytest.raises(Refused) as refused:
            await _change((await hand(name)).actor, {"driveMinutes": 20})
        assert refused.value.code == "NOT_ALLOWED"
    with pytest.raises(Refused) as refused:
        await _change((await hand("rex")).actor, {"driveMinutes": 20})
    assert refused.value.code == "NOT_FOUND"

    await _change((await hand("max")).actor, {"driveMinutes": 20})

    assert policies_of(await queries.get(HARBOUR)).drive_minutes == 20


async def test_one_sees_ones_own_showrooms_and_their_sources(hand: Hands) -> None:
    seen = {}
    for name in ("sam", "grace", "otto"):
        actor = (await hand(name)).actor
        sources = await queries.visible_sources(actor).count()
        seen[name] = ({s.name for s in await queries.visible(actor)}, sources)

    assert seen == {
        "sam": ({"Harbour"}, 2), "grace": ({"Harbour", "Riverside"}, 2), "otto": ({"Elsewhere"}, 0),
    }  # fmt: skip


async def test_a_source_that_was_withdrawn_still_counts_for_a_late_tablet(hand: Hands) -> None:
    sam = await hand("sam")
    await written(Source.filter(code="web")).update(active=False)

    assert (await sam.does("greetVisit", source_id=CAST.sources["web"])).outcome == "APPLIED"


async def _change(actor: Actor, changes: dict[str, Any]) -> Showroom:
    return await unit_of_work(
        lambda work: actions.change_policies(work, showroom_id=HARBOUR, changes=changes),
        actor=actor, command=Command(verb="changePolicies"), scopes=[actor.group_id],
    )  # fmt: skip
