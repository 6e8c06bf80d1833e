"""`quizapp clock`: whether the clock can be trusted, and the operator's word where it has jumped."""

import click

from quizapp.cli.report import instance, json_option, print_json, say
from quizapp.rules.words import N_


@click.command()
@click.option("--confirm", "is_confirmed", is_flag=True, help="The machine's clock is right: go by it from now on.")
@json_option
def clock(is_confirmed: bool, as_json: bool) -> None:
    """Tell whether the machine's clock agrees with the time that exams go by."""
    from quizapp.rules.clock import rfc3339
    from quizapp.services import time_keeping

    with instance() as now:
        alarm = time_keeping.find_alarm()
        if is_confirmed:
            time_keeping.confirm(None, now)
    ahead = alarm.seconds if alarm else 0
    if as_json:
        print_json({"now": rfc3339(now), "ahead_seconds": ahead, "is_confirmed": is_confirmed})
        return
    if not alarm:
        say(N_("The clock is in order."))
    else:
        say(time_keeping.AHEAD if ahead > 0 else time_keeping.BEHIND, seconds=abs(ahead))
    if is_confirmed:
        say(N_("The time is confirmed. What was due is done within seconds."))
