"""Matching: as many as possible are served, and every jam proves its shortage."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.matching import match


@st.composite
def problems(draw):
    wishers = draw(st.integers(0, 5))
    wishes = draw(st.lists(st.lists(st.integers(0, 6), unique=True, max_size=7), min_size=wishers, max_size=wishers))
    return wishes, draw(st.lists(st.integers(0, 3), min_size=wishers, max_size=wishers))


def most_by_trying(wishes, counts):
    """The size of the largest assignment, by trying every owner of every thing."""
    things = sorted({thing for wish in wishes for thing in wish})

    def best(place, left):
        if place == len(things):
            return 0
        found = best(place + 1, left)
        for wisher, wish in enumerate(wishes):
            if left[wisher] and things[place] in wish:
                taken = left[:wisher] + (left[wisher] - 1,) + left[wisher + 1 :]
                found = max(found, 1 + best(place + 1, taken))
        return found

    return best(0, tuple(counts))


@given(problems())
def test_nobody_could_serve_more(problem):
    assert len(match(*problem).owners) == most_by_trying(*problem)


@given(problems())
def test_everybody_gets_only_wishes_and_not_more_than_asked(problem):
    wishes, counts = problem
    matching = match(*problem)
    for wisher, count in enumerate(counts):
        assert set(matching.things(wisher)) <= set(wishes[wisher])
        assert len(matching.things(wisher)) <= count


@given(problems())
def test_a_jam_asks_for_more_than_there_is_and_there_is_one_whenever_somebody_is_short(problem):
    wishes, counts = problem
    matching = match(*problem)
    for jam in matching.jams:
        assert sum(counts[wisher] for wisher in jam) > len(matching.contested(jam))
    assert bool(matching.jams) == (len(matching.owners) < sum(counts))
    short = {wisher for wisher, count in enumerate(counts) if len(matching.things(wisher)) < count}
    assert short <= set().union(*matching.jams)


def test_others_make_room_where_nothing_is_free():
    matching = match([[1, 2], [1, 3], [1]], [1, 1, 1])
    assert (matching.owners, matching.jams) == ({1: 2, 2: 0, 3: 1}, [])


def test_a_jam_within_a_larger_one_is_told_once_and_one_apart_by_itself():
    assert match([[1], [1], [7]], [2, 1, 2]).jams == [{0, 1}, {2}]
    assert match([[1], [7], [1]], [2, 2, 1]).jams == [{1}, {0, 2}]


def test_a_long_chain_of_making_room_does_not_run_out_of_stack():
    things = list(range(31))
    wishes = [[place, place + 1] for place in range(30)] + [[0]]
    assert len(match(wishes, [1] * 31).owners) == len(things)
