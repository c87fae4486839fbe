"""Every stage and verb moves or refuses; every stage reaches an end."""

import pytest

from activities.access import PERMISSIONS
from activities.actions._moves import KINDS as MOVE_KINDS
from activities.models import Activity
from activities.workflow import MOVES, PUBLIC, TONES, Move, Stage, allowed_moves, legal
from pug_portal.core import review
from pug_portal.core.audit import KINDS
from pug_portal.core.roles import GRANTS

EXPECTED = {
    Stage.DRAFT: {Move.CHANGE, Move.SUBMIT, Move.PUBLISH},
    Stage.SUBMITTED: {Move.SEND_BACK, Move.APPROVE, Move.WITHDRAW},
    Stage.RETURNED: {Move.CHANGE, Move.SUBMIT},
    Stage.APPROVED: {Move.CHANGE, Move.PUBLISH, Move.WITHDRAW, Move.REGISTER},
    Stage.OPEN: {Move.CHANGE, Move.WITHDRAW, Move.REGISTER, Move.MARK, Move.HOLD, Move.REPORT},
    Stage.HELD: {Move.CHANGE, Move.WITHDRAW, Move.REGISTER, Move.MARK, Move.REPORT},
    Stage.REPORTED: {Move.WITHDRAW, Move.REPORT, Move.CONCLUDE},
    Stage.PUBLISHED: {Move.WITHDRAW},
    Stage.WITHDRAWN: {Move.PUBLISH},
}


@pytest.mark.parametrize("stage", Stage.values)
def test_from_each_stage_exactly_these_moves_are_legal(stage):
    assert set(allowed_moves(stage)) == EXPECTED[stage]


@pytest.mark.parametrize("stage", Stage.values)
def test_every_stage_reaches_a_published_result_or_a_withdrawal(stage):
    reached, new = set(), {stage}
    while new:
        reached |= new
        targets = {MOVES[m][1] or s for s in reached for m in Move if legal(m, s)}
        new = targets - reached
    assert reached & {Stage.PUBLISHED, Stage.WITHDRAWN}


def test_every_move_has_a_permission_that_somebody_holds():
    held = frozenset().union(*GRANTS.values())
    assert set(PERMISSIONS) == set(Move)
    assert set(PERMISSIONS.values()) <= held


def test_every_move_of_the_table_that_changes_the_stage_is_recorded():
    by_review = {Move.SUBMIT, Move.SEND_BACK, Move.APPROVE}
    assert {m for m in Move if MOVES[m][1]} == set(MOVE_KINDS) | by_review
    assert set(MOVE_KINDS.values()) <= set(KINDS)


def test_the_review_knows_the_first_stages_by_the_same_words():
    for stage in ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED"):
        assert Stage[stage].value == review.Stage[stage].value


def test_every_stage_has_a_tone_and_fits_the_column():
    assert set(TONES) == set(Stage)
    assert max(map(len, Stage.values)) <= Activity._meta.get_field("stage").max_length


def test_only_announced_stages_are_public():
    assert PUBLIC == {Stage.OPEN, Stage.HELD, Stage.REPORTED, Stage.PUBLISHED}
