"""The phone's bookkeeping alone: answers.js and clock.js, imported into a page and played against a model server."""

import random

import pytest


@pytest.fixture
def live_server(exam_hall):
    """Any server that hands out the modules."""
    return exam_hall


@pytest.fixture
def play(phone):
    """A function that runs a JavaScript function with the modules `answers` and `clock` and one argument."""
    phone.goto("/exam-shell")
    folder = phone.locator("script[type=module]").first.get_attribute("src").rsplit("/", 1)[0]

    def play(body: str, given=None):
        return phone.evaluate(
            f"""async (given) => {{
              const answers = await import("{folder}/answers.js"), clock = await import("{folder}/clock.js");
              return ({body})(answers, clock, given);
            }}""",
            given,
        )

    return play


SERVER = """
  const newer = (one, other) => one.epoch - other.epoch || one.seq - other.seq;
  const copy = (value) => JSON.parse(JSON.stringify(value));
  const server = { epoch: 0, answers: {}, backup: null };
  const start = () => {
    server.epoch += 1;
    const mine = Object.values(server.answers).filter((one) => one.epoch === server.epoch).map((one) => one.seq);
    return { state: "open", epoch: server.epoch, next_seq: Math.max(0, ...mine) + 1, answers: copy(server.answers) };
  };
  const save = (epoch, sent) => {
    const reply = { state: "open", saved: {}, superseded: {}, refused: {} };
    for (const { slot, seq, value } of sent) {
      const here = server.answers[slot];
      if (epoch > server.epoch) { reply.refused[slot] = { type: "unknown-epoch" }; continue; }
      if (!here || newer({ epoch, seq }, here) > 0) server.answers[slot] = { epoch, seq, value };
      const stands = server.answers[slot];
      if (stands.epoch === epoch && stands.seq === seq && same(stands.value, value)) reply.saved[slot] = seq;
      else reply.superseded[slot] = copy(stands);
    }
    return reply;
  };
"""

MODEL = (
    """({ blank, put, resumed, settled, compared, waiting, same }, clock, [seed, phones, steps]) => {
  let state = seed;
  const dice = (sides) => {           // a small generator, so that a seed plays the same run again
    state = (state * 1664525 + 1013904223) % 4294967296;
    return Math.floor((state / 4294967296) * sides);
  };
"""
    + SERVER
    + """  const hands = Array.from({ length: phones }, () => ({ work: blank("p", "a", "e"), last: {} }));
  let count = 0;

  const isShownRight = (work) => Object.entries(work.answers).every(
    ([slot, kept]) => !kept.saved || same(kept.value, (server.answers[slot] || { value: null }).value));
  const choose = (hand, slot) => {
    hand.last[slot] = count += 1;
    put(hand.work, slot, hand.last[slot]);
  };
  const exchange = (hand) => {        // a save whose request or reply may be lost, or overtaken by the next choice
    const epoch = hand.work.epoch;
    const sent = waiting(hand.work).slice(0, 1 + dice(3));
    if (!epoch || !sent.length || dice(4) === 0) return "";
    const reply = save(epoch, copy(sent));
    if (dice(4) === 0) return "";
    if (dice(3) === 0) choose(hand, sent[0].slot);
    const { isOutdated } = settled(hand.work, epoch, sent, copy(reply));
    if (isOutdated) resumed(hand.work, start());
    const isRight = sent.every(({ slot }) => !hand.work.answers[slot].saved
      || same(hand.work.answers[slot].value, server.answers[slot].value));
    return isRight ? "" : "shown as saved, but it does not stand";
  };

  for (let step = 0; step < steps; step += 1) {
    const hand = hands[dice(phones)];
    const what = dice(10);
    if (what < 4 && hand.work.epoch) choose(hand, String(dice(3)));
    else if (what < 7) {
      const fault = exchange(hand);
      if (fault) return fault;
    } else if (what === 7) {
      const reply = start();
      if (dice(3)) resumed(hand.work, copy(reply));
    } else if (what === 8 && hand.work.epoch) {
      const { lost } = compared(hand.work, { state: "open", answers: copy(server.answers) });
      if (lost) resumed(hand.work, start());
      hand.work = copy(hand.work);     // as a reload finds it
    } else if (phones === 1 && what === 9) {
      if (dice(2)) server.backup = copy({ epoch: server.epoch, answers: server.answers });
      else if (server.backup && dice(3) === 0) Object.assign(server, copy(server.backup));
    }
  }
  for (const hand of [...hands, ...hands]) {
    resumed(hand.work, start());
    const sent = waiting(hand.work);
    settled(hand.work, hand.work.epoch, sent, save(hand.work.epoch, copy(sent)));
  }
  for (const hand of hands) {
    compared(hand.work, { state: "open", answers: copy(server.answers) });
    if (waiting(hand.work).length) return "something is still waiting";
    if (!isShownRight(hand.work)) return "a phone shows as saved what does not stand";
  }
  for (const [slot, stands] of Object.entries(server.answers)) {
    if (!hands.some((hand) => hand.last[slot] === stands.value)) return `slot ${slot}: an older answer stands`;
  }
  for (const hand of hands) {
    for (const slot of Object.keys(hand.last)) if (!server.answers[slot]) return `slot ${slot}: an answer is lost`;
  }
  return "";
}"""
)


@pytest.mark.parametrize("phones", [1, 2, 3])
def test_under_any_interleaving_nothing_is_lost_and_saved_means_it_stands(play, phones):
    """B11, E5, A10: lost requests and replies, resumes, reloads, a server set back to its backup, by chance."""
    seed = random.randrange(1 << 30)
    print("seed", seed)
    body = f"""(...modules) => {{
      const [seed, phones] = modules.pop();
      for (let run = 0; run < 400; run += 1) {{
        const fault = ({MODEL})(...modules, [seed + run, phones, 60]);
        if (fault) return `seed ${{seed + run}}: ${{fault}}`;
      }}
      return "";
    }}"""
    assert play(body, [seed, phones]) == ""


# Two phones, each: start, choose, send, choose, send. Every send may arrive, arrive unheard, or be lost.
EVERY_ORDER = (
    """({ blank, put, resumed, settled, compared, waiting, same }) => {"""
    + SERVER
    + """
  const DEEDS = ["start", "choose", "send", "choose", "send"];
  const orders = (mine, theirs) => mine + theirs === 0 ? [[]] : [
    ...(mine ? orders(mine - 1, theirs).map((rest) => [0, ...rest]) : []),
    ...(theirs ? orders(mine, theirs - 1).map((rest) => [1, ...rest]) : [])];
  let runs = 0;
  const sync = (hand) => {            // the line is good again
    resumed(hand.work, start());
    const sent = waiting(hand.work);
    settled(hand.work, hand.work.epoch, sent, save(hand.work.epoch, copy(sent)));
  };
  const fault = (order, fates) => {
    Object.assign(server, { epoch: 0, answers: {} });
    const hands = [0, 1].map(() => ({ work: blank("p", "a", "e"), step: 0, sends: 0, last: null }));
    let count = 0;
    for (const which of order) {
      const hand = hands[which], deed = DEEDS[hand.step];
      hand.step += 1;
      if (deed === "start") resumed(hand.work, start());
      else if (deed === "choose") put(hand.work, "1", hand.last = count += 1);
      else {
        const fate = fates[which * 2 + hand.sends], epoch = hand.work.epoch, sent = waiting(hand.work);
        hand.sends += 1;
        if (fate === 2) continue;
        const reply = save(epoch, copy(sent));
        if (fate === 1) continue;
        settled(hand.work, epoch, sent, copy(reply));
        const mine = hand.work.answers[1];
        if (mine.saved && !same(mine.value, server.answers[1].value)) return "shown as saved, but it does not stand";
        if (waiting(hand.work).length) return "heard, and still waiting";
      }
    }
    for (const hand of hands) sync(hand);
    for (const hand of hands) compared(hand.work, { state: "open", answers: copy(server.answers) });
    const [one, other] = hands.map((hand) => hand.work.answers[1]);
    if (!one.saved || !other.saved || one.value !== other.value) return "the phones do not agree";
    if (one.value !== server.answers[1].value) return "they agree on what does not stand";
    return hands.some((hand) => hand.last === one.value) ? "" : "an older answer stands";
  };
  for (const order of orders(5, 5)) {
    for (let number = 0; number < 81; number += 1) {
      const fates = [1, 3, 9, 27].map((power) => Math.floor(number / power) % 3);
      const found = fault(order, fates);
      runs += 1;
      if (found) return `${order} ${fates}: ${found}`;
    }
  }
  return runs;
}"""
)


def test_b11_two_phones_in_every_order_with_every_loss_agree_in_the_end(play):
    """B11, exhaustive: 252 orders times 81 ways to lose requests and replies."""
    assert play(EVERY_ORDER) == 252 * 81


def test_two_values_are_the_same_whatever_the_order_of_their_keys(play):
    cases = [
        (None, None, True),
        (None, [], False),
        ("", None, False),
        (True, "true", False),
        (["a"], ["a"], True),
        (["a", "b"], ["b", "a"], False),
        (["", "a"], ["", "a"], True),
        ({"x": "1", "y": "2"}, {"y": "2", "x": "1"}, True),
        ({"x": "1"}, {"x": "1", "y": "2"}, False),
    ]
    pairs = [case[:2] for case in cases]
    found = play("({ same }, clock, pairs) => pairs.map(([one, other]) => same(one, other))", pairs)
    assert found == [case[2] for case in cases]


def test_a_refused_answer_is_kept_and_not_repeated_until_it_is_changed(play):
    """R3"""
    outcome = play(
        """({ blank, put, settled, waiting }) => {
          const work = { ...blank("p", "a", "e"), epoch: 1 };
          put(work, "1", ["x"]);
          settled(work, 1, waiting(work), { refused: { 1: { type: "bad", detail: "Not so." } } });
          const after = [waiting(work).length, work.answers[1].refused, work.answers[1].value];
          put(work, "1", ["y"]);
          return [...after, waiting(work).length];
        }"""
    )
    assert outcome == [0, "Not so.", ["x"], 1]


def test_a_late_answer_is_not_repeated_but_goes_out_again_when_more_time_is_given(play):
    """C5, R6"""
    outcome = play(
        """({ blank, put, settled, compared, waiting }) => {
          const work = { ...blank("p", "a", "e"), epoch: 1 };
          const end = (minute) => ({ state: "open", deadline_at: `2026-07-31T16:${minute}:00.000Z`, answers: {} });
          compared(work, end("00"));
          put(work, "1", ["x"]);
          settled(work, 1, waiting(work), { ...end("00"), recorded: { 1: 1 } });
          const seen = [waiting(work).length];
          compared(work, end("00"));
          seen.push(waiting(work).length);
          compared(work, end("15"));
          return [...seen, waiting(work)];
        }"""
    )
    assert outcome == [0, 0, [{"slot": "1", "seq": 1, "value": ["x"]}]]


def test_a_reply_to_an_older_answer_confirms_nothing_newer(play):
    """I-08"""
    assert play(
        """({ blank, put, settled, waiting }) => {
          const work = { ...blank("p", "a", "e"), epoch: 1 };
          put(work, "1", "old");
          const sent = waiting(work);
          put(work, "1", "new");
          settled(work, 1, sent, { saved: { 1: 1 } });
          return waiting(work);
        }"""
    ) == [{"slot": "1", "seq": 2, "value": "new"}]


WARNINGS = [
    # left in ms, last warning given, warning due
    (600_001, None, None),
    (600_000, None, 10),
    (599_000, 10, None),
    (300_000, 10, 5),
    (299_000, 5, None),
    (240_000, None, 5),
    (60_000, 5, 1),
    (1, 1, None),
    (0, None, None),
    (-1, None, None),
]
COUNTDOWNS = {
    -5000: "0:00",
    0: "0:00",
    1: "0:01",
    59_999: "1:00",
    61_000: "1:01",
    2_400_000: "40:00",
    3_905_000: "1:05:05",
}


def test_warnings_are_due_once_at_ten_five_and_one_minute(play):
    given = [case[:2] for case in WARNINGS]
    found = play("(answers, { warning }, cases) => cases.map((given) => warning(...given))", given)
    assert found == [case[2] for case in WARNINGS]


def test_time_left_is_written_as_people_write_it(play):
    found = play("(answers, { countdown }, times) => times.map(countdown)", list(COUNTDOWNS))
    assert found == list(COUNTDOWNS.values())


def test_the_clock_takes_the_narrowest_word_of_the_server_and_starts_anew_after_a_sleep(play):
    """C10: a slow exchange does not spoil what a quick one said; a sleep makes every word stale."""
    assert play(
        """(answers, { openClock }) => {
          let steady = 0, wall = 0;
          const clock = openClock(() => steady, () => wall);
          const seen = [clock.now(), clock.sure];
          steady = wall = 100; clock.sample(1_000_050, 0, 100);       // 50 ms wide: it is 1,000,100 now
          seen.push(clock.now());
          steady = wall = 3100; clock.sample(1_000_100, 100, 3100);   // 1,500 ms wide: says nothing new
          seen.push(clock.now());
          steady += 1000; wall += 1000; seen.push(clock.slipped());
          wall += 600_000; seen.push(clock.slipped(), clock.sure, clock.now());
          seen.push(clock.slipped());
          clock.sample(1_604_000, 4000, 4100); seen.push(clock.sure, clock.now());
          wall -= 86_400_000; seen.push(clock.slipped(), clock.now());
          return seen;
        }"""
    ) == [None, False, 1_000_100, 1_003_100, False, True, False, 1_604_100, False, True, 1_604_050, True, 1_604_050]
