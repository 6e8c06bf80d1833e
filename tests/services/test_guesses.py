"""H2, H3, H4: guessing gets slow, a village behind one address does not, and nobody locks another out."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from quizapp.extensions import db
from quizapp.models import SignInFailure
from quizapp.rules.errors import TooMany
from quizapp.services import guesses, sign_in
from tests.cast import CHEAP, MET, PASSWORD, VILLAGE

VILLAGE_ADDRESS, ELSEWHERE = "203.0.113.7", "198.51.100.9"
DAY = timedelta(days=1)
ASKS_A_DAY = 120


@pytest.fixture(autouse=True)
def at_the_door(app_context, cast, monkeypatch):
    """The cast's township, with nobody counted yet in this process."""
    monkeypatch.setattr(guesses, "recent", {})


def come(login: str, password: str, now, address: str = VILLAGE_ADDRESS, device: str = ""):
    return sign_in.sign_in(login, password, device, "test", address, 12, 2000, now)


def is_refused(login: str, password: str, now, address: str = VILLAGE_ADDRESS, device: str = "") -> timedelta | None:
    """Guess; return how long to wait where the guess was not even looked at, None where it was wrong."""
    try:
        come(login, password, now, address, device)
    except sign_in.WrongLogin:
        return None
    except TooMany as refusal:
        return timedelta(seconds=refusal.retry_after)
    raise AssertionError("the guess was right")


@pytest.mark.parametrize("addresses", [[ELSEWHERE], [f"198.51.100.{n}" for n in range(200)]])
def test_h2_a_day_of_guessing_as_fast_as_allowed_tries_few_passwords(addresses):
    """H2: at most 120 a day on an account, from one address and from two hundred."""
    now, tried, turn = MET, 0, itertools.cycle(addresses)
    while now < MET + DAY:
        wait = is_refused("trainee", "guess", now, next(turn))
        tried += wait is None
        now += wait or timedelta(milliseconds=100)
    assert guesses.FREE < tried <= ASKS_A_DAY


def test_h2_guesses_at_the_same_moment_do_not_slip_past_together(app, monkeypatch):
    """H2: once somebody has guessed wrongly, of sixteen guesses at once one is looked at."""
    for second in range(guesses.FREE + 1):
        assert is_refused("trainee", "guess", MET + timedelta(seconds=second)) is None
    looked_at, together = [], Barrier(16)
    fits = sign_in._fits
    monkeypatch.setattr(sign_in, "_fits", lambda *given: looked_at.append(1) or fits(*given))

    def guess(n: int) -> None:
        with app.app_context():
            together.wait(10)
            is_refused("trainee", f"guess {n}", MET + timedelta(hours=1))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(guess, range(16)))
    assert len(looked_at) == 1


def test_h4_who_is_attacked_comes_in_on_a_browser_used_before():
    """H4: wrong guesses without end from elsewhere; the known browser does not wait, not even after a typo of its own."""
    device = come("trainee", PASSWORD, MET).device
    now = MET
    for _ in range(30):
        now += is_refused("trainee", "guess", now, ELSEWHERE) or timedelta(seconds=1)
    is_refused("trainee", "guess", now, ELSEWHERE)
    assert is_refused("trainee", PASSWORD, now), "a browser that nobody knows has to wait"
    assert is_refused("trainee", "typo", now, device=device) is None
    assert come("trainee", PASSWORD, now, device=device).token
    assert is_refused("trainee", PASSWORD, now, device="made-up")


def test_a_known_browser_cannot_be_used_to_guess_for_ever():
    device, now, tried = come("trainee", PASSWORD, MET).device, MET, 0
    while now < MET + DAY:
        wait = is_refused("trainee", "guess", now, ELSEWHERE, device)
        tried += wait is None
        now += wait or timedelta(milliseconds=100)
    assert tried <= ASKS_A_DAY


def test_coming_in_forgets_the_wrong_guesses_of_before():
    for _ in range(guesses.FREE):
        assert is_refused("trainee", "typo", MET) is None
    assert come("trainee", PASSWORD, MET).token
    assert db.session.scalar(select(func.count()).select_from(SignInFailure)) == 0


def test_wrong_guesses_are_forgotten_after_a_day():
    for login in ("trainee", "nobody-of-that-name"):
        assert is_refused(login, "guess", MET) is None
    assert guesses.forget_old(MET + DAY - timedelta(minutes=1)) == 0
    assert guesses.forget_old(MET + DAY + timedelta(minutes=1)) == 4
    assert guesses.forget_old(MET + DAY + timedelta(minutes=1)) == 0


def hire_a_village(size: int) -> list[str]:
    """Add so many trainees to the village, all with the same cheaply hashed password; returns their logins."""
    from quizapp.models import Person
    from quizapp.services import scope
    from quizapp.services.transaction import writing

    hashed, unit_id = CHEAP.hash(PASSWORD), scope.get_unit(VILLAGE).id
    logins = [f"villager{n}" for n in range(size)]
    with writing() as session:
        session.add_all(Person(login=login, login_key=login, name=login, unit_id=unit_id, password_hash=hashed,
                               created_at=MET) for login in logins)  # fmt: skip
    return logins


def test_h3_a_village_behind_one_address_comes_in_while_somebody_there_guesses():
    """H3: three hundred within a minute, every twentieth with two typos, an attacker at the same address."""
    attacked, *honest = hire_a_village(301)
    tried, asked = 0, 0
    for number, login in enumerate(honest):
        now = MET + timedelta(seconds=number / 5)
        for _ in range(2):
            wait = is_refused(attacked, "guess", now)
            tried, asked = tried + (wait is None), asked + 1
        if number % 20 == 0:
            assert is_refused(login, "tpyo", now) is None and is_refused(login, "typ0", now) is None, login
        assert come(login, PASSWORD, now).token
    assert asked == 600 and tried <= 10


def test_one_address_has_a_ceiling_all_the_same():
    for _ in range(20):
        sign_in.guesses.refuse_flood(ELSEWHERE, 20, MET)
    with pytest.raises(TooMany):
        sign_in.guesses.refuse_flood(ELSEWHERE, 20, MET)
    sign_in.guesses.refuse_flood(VILLAGE_ADDRESS, 20, MET)
    sign_in.guesses.refuse_flood(ELSEWHERE, 20, MET + timedelta(minutes=1))


def test_a_session_that_is_over_is_forgotten_by_the_sweepers_and_no_other():
    """Signing in itself deletes nothing of others: a thousand do it at once."""
    from quizapp.models import SignInSession

    come("trainee", PASSWORD, MET)
    come("neighbour", PASSWORD, MET + timedelta(hours=6))
    assert sign_in.forget_expired(MET + timedelta(hours=13)) == 1
    assert sign_in.forget_expired(MET + timedelta(hours=13)) == 0
    assert db.session.scalars(select(SignInSession.expires_at)).all() == [MET + timedelta(hours=18)]
