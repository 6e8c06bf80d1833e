// The answers of one attempt as the phone keeps them: plain values in, plain values out.
//
// work = { person, attempt, exam, title, state, deadline, started, epoch, seq, at, warned, marks: {slot: true},
//          answers: {slot: {epoch, seq, value, saved, refused?, late?}}, clock?: {server, wall},
//          fileKey, tried?: handing in was tried and did not arrive }
// An answer is saved only when the server said so of exactly this (epoch, seq); everything else is waiting.

const order = (one, other) => one.epoch - other.epoch || one.seq - other.seq;

/** Whether two values mean the same; the order of an object's keys does not count. */
export function same(one, other) {
  if (one === null || other === null || typeof one !== "object" || typeof other !== "object") return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => key in other && same(one[key], other[key]));
}

/** Return the work of an attempt nothing is known of yet. */
export function blank(person, attempt, exam) {
  return {
    person, attempt, exam, title: "", state: "open", deadline: null, started: null,
    epoch: 0, seq: 0, at: 0, warned: null, marks: {}, answers: {},
  };
}

/** Note the person's new answer under the next number of this phone. */
export function put(work, slot, value) {
  work.seq += 1;
  work.answers[slot] = { epoch: work.epoch, seq: work.seq, value, saved: false };
}

/** Return what the server has still to confirm, oldest first, as the API takes it. */
export function waiting(work) {
  return Object.entries(work.answers)
    .filter(([, kept]) => !kept.saved && !kept.refused && !kept.late)
    .map(([slot, { seq, value }]) => ({ slot, seq, value }))
    .sort((one, other) => one.seq - other.seq);
}

/** Return the slots of `paper` that hold an answer. */
export function answered(work, paper) {
  return paper.items.map((item) => item.slot).filter((slot) => work.answers[slot] && work.answers[slot].value !== null);
}

/** Join two copies of the same attempt: of each answer the newer. */
export function joined(one, other) {
  const work = order(one, other) >= 0 ? one : other;
  const rest = work === one ? other : one;
  for (const [slot, kept] of Object.entries(rest.answers)) {
    const mine = work.answers[slot];
    const ahead = mine ? order(kept, mine) : 1;
    if (ahead > 0 || (ahead === 0 && kept.saved)) work.answers[slot] = kept;
  }
  work.seq = Math.max(one.seq, other.seq);
  return work;
}

// More time was given: the warnings come again, and what came too late may now count.
function extended(work) {
  work.warned = null;
  for (const kept of Object.values(work.answers)) delete kept.late;
}

function told(work, reply) {
  if (reply.state) work.state = reply.state;
  if (reply.deadline_at) {
    if (work.deadline && reply.deadline_at > work.deadline) extended(work);
    work.deadline = reply.deadline_at;
  }
  if (reply.started_at) work.started = reply.started_at;
}

// What stands on the server is newer than ours: it counts. Returns whether the person has to be told.
function giveWay(work, slot, stands) {
  const kept = work.answers[slot];
  work.answers[slot] = { epoch: stands.epoch, seq: stands.seq, value: stands.value, saved: true };
  work.seq = Math.max(work.seq, stands.seq);
  return Boolean(kept) && !same(kept.value, stands.value);
}

/**
 * Take in the answer to a start or resume. What differs from the server's map and is ours is to be sent again under the
 * new epoch; where another phone's answer is newer, that stands, but before the person's answers numbered above
 * `goneOnAt`. Returns the slots where the person's answer gave way.
 */
export function resumed(work, reply, goneOnAt = Infinity) {
  told(work, reply);
  work.epoch = reply.epoch;
  work.fileKey = reply.answer_file_key;
  work.seq = Math.max(work.seq, reply.next_seq - 1);
  const overruled = [];
  for (const [slot, stands] of Object.entries(reply.answers)) {
    const kept = work.answers[slot];
    if (kept && (order(kept, stands) >= 0 || kept.seq > goneOnAt)) continue;
    if (giveWay(work, slot, stands)) overruled.push(slot);
  }
  for (const [slot, kept] of Object.entries(work.answers)) {
    const stands = reply.answers[slot];
    if (stands ? same(stands.value, kept.value) : kept.value === null) {
      work.answers[slot] = { ...(stands || kept), value: kept.value, saved: true };
    } else if (!kept.late) put(work, slot, kept.value);
  }
  return overruled;
}

/**
 * Take in the answer to a save of `sent` under `epoch`. Returns the slots where the person's answer gave way, and
 * whether the server no longer knows this epoch (a restored backup): the answer waits until the phone has resumed.
 */
export function settled(work, epoch, sent, reply) {
  told(work, reply);
  const overruled = [];
  let isOutdated = false;
  for (const { slot, seq } of sent) {
    const kept = work.answers[slot];
    if (!kept || kept.epoch !== epoch || kept.seq !== seq) continue; // changed since: that one is under way itself
    const stands = (reply.superseded || {})[slot];
    const problem = (reply.refused || {})[slot];
    if ((reply.saved || {})[slot] === seq) kept.saved = true;
    else if (stands && giveWay(work, slot, stands)) overruled.push(slot);
    else if (problem && problem.type === "unknown-epoch") isOutdated = true;
    else if (problem) kept.refused = problem.detail || problem.type;
    else if ((reply.recorded || {})[slot] === seq) kept.late = true;
  }
  return { overruled, isOutdated };
}

/** Mark what was sent as refused with the server's sentence: kept, shown, not repeated. */
export function turnedAway(work, epoch, sent, sentence) {
  for (const { slot, seq } of sent) {
    const kept = work.answers[slot];
    if (kept && kept.epoch === epoch && kept.seq === seq) kept.refused = sentence || "refused";
  }
}

/**
 * Compare with the server's map as read in between. Returns the slots where another phone's answer now stands, and
 * whether the server has lost what it had confirmed (a restored backup): then the phone must resume and send again.
 */
export function compared(work, reply) {
  told(work, reply);
  const overruled = [];
  for (const [slot, stands] of Object.entries(reply.answers)) {
    const kept = work.answers[slot];
    if ((!kept || kept.saved) && (!kept || order(stands, kept) > 0) && giveWay(work, slot, stands)) overruled.push(slot);
  }
  const lost = Object.entries(work.answers).some(([slot, kept]) => {
    const stands = reply.answers[slot];
    return kept.saved && (stands ? order(stands, kept) < 0 && !same(stands.value, kept.value) : kept.value !== null);
  });
  return { overruled, lost };
}
