"""The core alone: any state of a switch, any table, any instant."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rotation.switch.reconcile import Grace, plan
from rotation.switch.seats import ENDS, STARTS, Action, Key, Owned, Rank, Seat, SwitchState
from rotation.switch.timetable import Timetable

from .shifts import row, timetable
from .virtual_time import at

AGENTS = [f"Local/{number}@agents" for number in range(1, 6)]
GRACE = Grace()


@st.composite
def tables(draw: st.DrawFn) -> Timetable:
    rows = []
    for number in range(1, 6):
        start = draw(st.integers(0, 10)) * 10
        for _ in range(draw(st.integers(0, 3))):
            end = start + draw(st.integers(1, 6)) * 10
            queue = draw(st.sampled_from(["billing", "sales"]))
            rows.append(row(f"E{number}", start, end, queue, draw(st.integers(0, 2))))
            start = end + draw(st.sampled_from([0, 0, 10]))
    return timetable(rows)


@st.composite
def states(draw: st.DrawFn) -> SwitchState:
    seats = {}
    for queue in ("billing", "sales"):
        for agent in draw(st.sets(st.sampled_from(AGENTS))):
            seat = Seat(
                queue,
                agent,
                Rank(draw(st.integers(0, 2))),
                ours_to_move=draw(st.sampled_from([True, True, True, False])),
                paused=draw(st.booleans()),
                reason=draw(st.sampled_from(["", "lunch", STARTS, ENDS])),
                busy=draw(st.booleans()),
                reachable=draw(st.sampled_from([True, True, False])),
            )
            seats[seat.key] = seat
    return SwitchState(frozenset({"billing", "sales"}), seats)


@st.composite
def records(draw: st.DrawFn) -> dict[Key, Owned]:
    phases = st.sampled_from(["waiting", "serving", "leaving", "gone"])
    return {
        (queue, agent.casefold()): Owned(draw(phases), at(draw(st.integers(-100, 0))))  # type: ignore[arg-type]
        for queue in ("billing", "sales")
        for agent in draw(st.sets(st.sampled_from(AGENTS)))
    }


def after(state: SwitchState, actions: tuple[Action, ...]) -> SwitchState:
    """The state after a switch has done everything."""
    seats = dict(state.seats)
    for action in actions:
        if action.verb == "add":
            assert action.key not in seats
            seats[action.key] = Seat(action.queue, action.agent, action.rank, True, action.paused, action.reason)
        elif action.verb == "remove":
            del seats[action.key]
        elif action.verb == "rank":
            seats[action.key] = replace(seats[action.key], rank=action.rank)
        else:
            seats[action.key] = replace(seats[action.key], paused=action.verb == "pause", reason=action.reason)
    return replace(state, seats=seats)


def recorded(owned: dict[Key, Owned], steps: object, actions: tuple[Action, ...], now: int) -> dict[Key, Owned]:
    found = {**owned, **steps.adopted}  # type: ignore[attr-defined]
    for action in actions:
        if action.verb == "add":
            found[action.key] = Owned("waiting" if action.paused else "serving", at(now))
        elif action.verb == "unpause":
            found[action.key] = Owned("serving", at(now))
        elif action.verb == "pause":
            found[action.key] = Owned("leaving", at(now))
        elif action.verb == "remove":
            found[action.key] = Owned("gone", at(now))
    return found


@given(states(), tables(), records(), st.integers(0, 200))
def test_nobody_else_is_touched_nobody_is_cut_and_nothing_is_done_twice(
    state: SwitchState, table: Timetable, owned: dict[Key, Owned], now: int
) -> None:
    steps = plan(state, table, owned, at(now), GRACE)
    ours = {key for key, one in owned.items() if one.phase != "gone"} | set(steps.adopted)
    order = [("add", "unpause", "rank", "pause", "remove").index(action.verb) for action in steps.actions]
    assert [max(one, 1) for one in order] == sorted(max(one, 1) for one in order)
    for action in steps.actions:
        seat = state.seats.get(action.key)
        assert (seat is None) == (action.verb == "add")
        if seat is not None:
            assert seat.ours_to_move and action.key in ours
            assert not (action.verb == "remove" and (seat.busy or not seat.paused))
            assert not (action.verb == "unpause" and seat.reason == "lunch")
    touched = [(action.key, action.verb) for action in steps.actions]
    assert len(touched) == len(set(touched))


@given(states(), tables(), records(), st.integers(0, 200))
def test_a_few_rounds_later_the_switch_is_as_the_table_says_and_stays_so(
    state: SwitchState, table: Timetable, owned: dict[Key, Owned], now: int
) -> None:
    idle = {key: replace(seat, busy=False, reachable=True) for key, seat in state.seats.items()}
    state = replace(state, seats=idle)
    for _ in range(6):
        steps = plan(state, table, owned, at(now), replace(GRACE, settle_s=0, hold_s=0))
        if not steps.actions:
            break
        owned, state = recorded(owned, steps, steps.actions, now), after(state, steps.actions)
    assert not steps.actions
    wanted = table.wanted(at(now))
    for key, want in wanted.items():
        seat = state.seats[key]
        if seat.ours_to_move and key in owned and owned[key].phase != "gone":
            assert seat.rank == want.rank
            assert not seat.paused or seat.reason in ("", "lunch")
    soon = table.wanted(at(now), at(now + 15))
    for key, seat in state.seats.items():
        if key not in soon and key in owned and owned[key].phase != "gone":
            assert not seat.ours_to_move


def test_members_of_lost_records_are_taken_over_only_when_asked() -> None:
    table = timetable([row("E1", 0, 50)])
    seat = Seat("billing", "Local/1@agents", Rank(0))
    state = SwitchState(frozenset({"billing"}), {seat.key: seat})
    assert plan(state, table, {}, at(60), GRACE).actions == ()
    (action,) = plan(state, table, {}, at(60), replace(GRACE, adopt=True)).actions
    assert action.verb == "pause"


def test_the_core_says_in_words_what_it_would_do() -> None:
    table = timetable([row("E1", 0, 50, penalty=2)])
    (action,) = plan(SwitchState(frozenset({"billing"})), table, {}, at(0), GRACE).actions
    assert str(action) == "add E1 Local/1@agents to billing, penalty 2"
