"""The table of moves: every status moves or refuses, and every status can reach an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pug_portal.core.roles import GRANTS
from seruni_cases.workflow import (
    ENDS,
    LIVE,
    OPEN,
    REFERRAL_TABLE,
    REMEMBERING,
    TABLE,
    Act,
    Move,
    Referred,
    Status,
    allowed_moves,
)


def test_every_move_stands_in_the_table_and_every_status_is_reached_or_begins():
    assert set(TABLE) == set(Move)
    reached = {step.target for step in TABLE.values() if step.target}
    assert set(Status) - reached == {Status.REGISTRATION}


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=25))
def test_any_allowed_path_keeps_the_status_legal(choices):
    status, came_from = Status.REGISTRATION, Status.MONITORING
    for choice in choices:
        moves = allowed_moves(status)
        if not moves:
            assert status in ENDS
            return
        move = moves[choice % len(moves)]
        target = TABLE[move].target or came_from
        came_from = status if move in REMEMBERING else came_from
        assert target in Status
        assert status in TABLE[move].sources
        status = target


@pytest.mark.parametrize("status", list(Status))
def test_every_status_can_reach_an_end(status):
    seen, edge = {status}, {status}
    while edge:
        nearer = {TABLE[m].target or Status.MONITORING for s in edge for m in allowed_moves(s)}
        edge = nearer - seen
        seen |= nearer
    assert seen & ENDS


def test_an_open_case_can_always_be_proposed_for_closure_or_be_decided():
    for status in OPEN:
        moves = set(allowed_moves(status))
        assert moves & {Move.PROPOSE_CLOSURE, Move.APPROVE_CLOSURE}


def test_moves_and_acts_name_permissions_that_some_role_holds():
    granted = set().union(*GRANTS.values())
    wanted = {step.permission for step in TABLE.values()} | {act.value for act in Act}
    assert {f"seruni_cases.{name}" for name in wanted} <= granted


def test_a_referral_reaches_an_end_from_every_live_state():
    for state in LIVE:
        assert any(state in sources for target, sources in REFERRAL_TABLE.items() if target not in LIVE)
    assert set(REFERRAL_TABLE) == set(Referred) - {Referred.SENT}
