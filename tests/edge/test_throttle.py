"""Guessing a password takes longer than anybody has."""

import pytest

from server.edge.throttle import Rate, SignInThrottle, Throttle, TooManyAttempts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def attempts(throttle: SignInThrottle, *, account: str, address: str = "10.0.0.1", most: int = 1000) -> int:
    """How many tries are let through at once."""
    for number in range(most):
        try:
            throttle.ensure(account=account, address=address)
        except TooManyAttempts:
            return number
    return most


def test_an_account_has_five_tries_then_one_a_minute(clock):
    throttle = SignInThrottle(clock=clock)
    assert attempts(throttle, account="ada@harbour.test") == 5
    clock.now += 59
    with pytest.raises(TooManyAttempts) as refused:
        throttle.ensure(account="ada@harbour.test", address="10.0.0.1")
    assert (refused.value.code, refused.value.retry_after) == ("TOO_MANY_ATTEMPTS", 1)
    clock.now += 1
    assert attempts(throttle, account="ada@harbour.test") == 1


def test_another_address_or_another_spelling_is_the_same_account(clock):
    throttle = SignInThrottle(clock=clock)
    assert attempts(throttle, account="ada@harbour.test") == 5
    assert attempts(throttle, account=" ADA@Harbour.test ", address="10.9.9.9") == 0


def test_an_address_has_thirty_tries_over_all_accounts(clock):
    throttle = SignInThrottle(clock=clock)
    let_in = sum(attempts(throttle, account=f"{n}@harbour.test", most=1) for n in range(100))
    assert let_in == 30
    assert attempts(throttle, account="fresh@harbour.test", address="10.0.0.2", most=1) == 1


def test_a_right_password_clears_the_account_but_not_the_address(clock):
    throttle = SignInThrottle(clock=clock)
    for _ in range(6):
        assert attempts(throttle, account="ada", most=5) == 5
        throttle.succeeded(account="ADA")
    assert attempts(throttle, account="ada") == 0


def test_a_refused_try_costs_nothing(clock):
    throttle = SignInThrottle(clock=clock)
    attempts(throttle, account="ada")
    for _ in range(100):
        attempts(throttle, account="ada", most=1)
    clock.now += 60
    assert attempts(throttle, account="ada") == 1


def test_waiting_fills_a_bucket_to_its_burst_and_no_further(clock):
    throttle = SignInThrottle(clock=clock)
    attempts(throttle, account="ada")
    clock.now += 1_000_000
    assert attempts(throttle, account="ada") == 5


def test_a_flood_of_invented_names_does_not_grow_it(clock):
    throttle = Throttle(Rate(burst=5, seconds=60), clock=clock, keys=100)
    for number in range(10_000):
        throttle.take(f"name {number}")
        throttle.wait(f"never tried {number}")
    assert len(throttle) == 100
