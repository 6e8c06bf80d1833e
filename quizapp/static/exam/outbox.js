// The phone's outbox: keeps each answer, sends it until the server has confirmed it, and tells the page how things stand.

import { blank, compared, joined, put, resumed, settled, turnedAway, waiting } from "./answers.js";
import { told } from "./signals.js";

const BATCH = 20;
const TICK = 15; // seconds between looks, give or take 30 %
const STALE = 10; // seconds of silence after which the server is asked how things stand
const MAP_STALE = 60; // seconds after which its map of answers is compared in any case
const REST = 120; // seconds between looks once the person has handed in: somebody may reopen it
const BELL = 15; // seconds over which phones whose time is up ask what the server did
const CROWD = 2; // seconds over which phones whose network is back begin to send
const DEBOUNCE = 0.3; // seconds
const TELL = 60; // seconds between two counts of signals

const MARKED = ["marked", "sealed"]; // nothing moves any more but by decision
const isOver = (moment, seconds) => performance.now() - moment > seconds * 1000;
const random = () => crypto.getRandomValues(new Uint32Array(1))[0].toString(36);

/** Return what the phone holds of an attempt: its work and its paper, either of which may be missing. */
export async function found(store, name) {
  const [works, papers] = await Promise.all([store.copies(`work/${name}`), store.copies(`paper/${name}`)]);
  return { work: works.length ? works.reduce(joined) : null, paper: papers[0] || null };
}

/**
 * Return the outbox of one attempt. `mayGoOn()` says whether the same person is still signed in on this phone;
 * `tell(what, detail)` is called with "work" (redraw), "paper", "overruled" (slots), "sign-in", "stranger",
 * "gone" (the server does not know the attempt), "ended" (what the server did), and after the receipt "receipt" (another
 * one stands in its place), "reopened" and "set-back" (a restored server lacks the hand-in).
 */
export function openOutbox({ store, wire, clock, person, attempt, exam, kept, mayGoOn, tell }) {
  const name = `${person}/${attempt}`;
  const path = `/attempts/${attempt}`;
  const neighbours = "BroadcastChannel" in window ? new BroadcastChannel(`quizapp/${name}`) : null;
  const writing = new Map(); // slot -> value on its way to the store
  let written = Promise.resolve();
  let work = kept.work || blank(person, attempt, exam);
  let paper = kept.paper;
  let ending = null; // what the server did with the attempt, once it is no longer open
  let trouble = null; // null, "network", "refused", "sign-in", "stranger"
  let refusal = "";
  let mustResume = !paper || !work.epoch;
  let goneOnAt = Infinity; // the number of the last answer before the person chose to go on here
  let failures = 0;
  let pause = 0; // seconds the server asked for
  let heardAt = -Infinity;
  let lookedAt = -Infinity;
  let toldAt = -Infinity;
  let toldLast = "";
  let timer = null;
  let queue = Promise.resolve();

  async function keep(change) {
    if (ending && ending.final) return undefined; // nothing is kept beyond the receipt
    let outcome;
    work = await store.update(`work/${name}`, (there) => {
      const copy = there || JSON.parse(JSON.stringify(work));
      outcome = change(copy);
      if (clock.sure) copy.clock = clock.keepsake();
      return copy;
    });
    if (neighbours) neighbours.postMessage("changed");
    return outcome;
  }

  function schedule(seconds) {
    clearTimeout(timer);
    timer = setTimeout(() => inTurn(tick), seconds * 1000);
  }

  function untilNext() {
    if (failures) return Math.max(Math.min(pause, 300), Math.min(30, 2 ** failures) * (0.5 + Math.random() / 2));
    if (!trouble && !mustResume && waiting(work).length) return DEBOUNCE;
    const isAtRest = ending && ending.final && ending.state === "submitted" && !ending.ended;
    return (isAtRest ? REST : TICK) * (0.7 + Math.random() * 0.6);
  }

  // One exchange at a time, so that a map read before a save is never compared after it.
  function inTurn(deed) {
    const turn = queue.then(deed);
    queue = turn.catch((error) => {
      failures += 1;
      console.error(error);
    }).then(() => {
      tell("work");
      if (!ending || !ending.final || !MARKED.includes(ending.state)) schedule(untilNext());
    });
    return turn;
  }

  async function exchange(method, where, body, nonce) {
    if (!mayGoOn()) {
      trouble = "stranger";
      tell("stranger");
      return { is: "stranger" };
    }
    const reply = await wire.ask(method, where, body, nonce);
    failures = reply.is === "later" ? failures + 1 : 0;
    pause = reply.wait || 0;
    trouble = { later: "network", "sign-in": "sign-in", refused: "refused" }[reply.is] || null;
    refusal = reply.sentence || "";
    if (reply.is !== "later") heardAt = performance.now();
    if (reply.is === "sign-in") tell("sign-in");
    return reply;
  }

  async function sendWaiting() {
    for (;;) {
      const batch = waiting(work).slice(0, BATCH);
      if (!batch.length || !work.epoch || mustResume) return;
      const { epoch } = work;
      const nonce = random();
      const reply = await exchange("PUT", `${path}/answers`, { epoch, nonce, answers: batch }, nonce);
      if (reply.is === "refused") {
        await keep((copy) => turnedAway(copy, epoch, batch, reply.sentence));
        await look();
      }
      if (reply.is !== "done") return;
      const outcome = await keep((copy) => settled(copy, epoch, batch, reply.body));
      tell("overruled", outcome.overruled);
      if (outcome.isOutdated) mustResume = true;
      const again = waiting(work);
      if (batch.every((sent) => again.some((entry) => entry.slot === sent.slot && entry.seq === sent.seq))) {
        failures += 1; // answered without a word on any of them: not at once again
        return;
      }
      if (work.state !== "open" && !again.length) await look();
    }
  }

  async function look() {
    const reply = await exchange("GET", path);
    if (reply.status === 404) tell("gone");
    if (reply.is !== "done" || !reply.body.state || !reply.body.answers) return;
    lookedAt = performance.now();
    if (ending && ending.final) return void await lookAgain(reply.body);
    const { overruled, lost } = await keep((copy) => compared(copy, reply.body));
    tell("overruled", overruled);
    ending = null;
    if (work.state !== "open") await end(reply.body);
    else if (lost) await resume();
  }

  // After the receipt: taken up again, ended anew, or the server was set back to a backup that knows of no receipt.
  async function lookAgain(seen) {
    ending.state = seen.state;
    if (seen.state === "open") {
      const { is, status } = await exchange("GET", `/receipts/${ending.receipt.code}`);
      if (is === "done") tell("reopened");
      else if (status === 404) tell("set-back");
    } else if (seen.receipt && seen.receipt.code !== ending.receipt.code) {
      ending = { ...seen, attempt, late: 0, final: true };
      tell("receipt", ending);
    }
  }

  async function end(done) {
    const isWhole = !waiting(work).length && Boolean(done.receipt);
    const late = Object.values(work.answers).filter((entry) => entry.late).length;
    ending = { ...done, attempt, late, final: isWhole };
    if (isWhole) await forget();
    tell("ended", ending);
  }

  async function forget() {
    await store.remove(`work/${name}`);
    await store.remove(`paper/${name}`);
    if (neighbours) neighbours.postMessage("ended");
  }

  async function resume() {
    // Named, so that after a handing in elsewhere this is never the start of the next attempt.
    const reply = await exchange("POST", `/exams/${exam}/attempts`, { attempt_id: attempt });
    const isElsewhere = reply.is === "done" && reply.body.state && reply.body.state !== "open";
    if (reply.is === "refused" || isElsewhere) return look();
    if (reply.is !== "done" || !reply.body.paper) return undefined;
    mustResume = false;
    paper = reply.body.paper;
    await store.update(`paper/${name}`, () => paper);
    const overruled = await keep((copy) => resumed(copy, reply.body, goneOnAt));
    goneOnAt = Infinity;
    tell("paper");
    tell("overruled", overruled);
    return sendWaiting();
  }

  const submit = () => exchange("POST", `${path}/submission`, { epoch: work.epoch, answers: waiting(work) });

  // What the page counts of itself goes beside the answers and never before them; lost, the next count makes up for it.
  async function tellSignals() {
    if (trouble || ending || document.hidden || !work.signals || waiting(work).length || !isOver(toldAt, TELL)) return;
    const body = told(work.signals, clock.sure ? Date.now() - clock.now() : null);
    if (JSON.stringify(body) === toldLast) return;
    toldAt = performance.now();
    if (await wire.tell(`${path}/signals`, body)) toldLast = JSON.stringify(body);
  }

  async function tick() {
    if (trouble === "stranger") return;
    if (!(ending && ending.final)) {
      if (mustResume && !ending) return void await resume();
      if (waiting(work).length) {
        await sendWaiting();
        if (trouble) return;
      }
    }
    if (!document.hidden && (isOver(heardAt, STALE) || isOver(lookedAt, MAP_STALE))) await look();
    tellSignals();
  }

  if (neighbours) {
    neighbours.onmessage = async (event) => {
      if (event.data === "ended") await inTurn(look);
      else [work = work] = await store.copies(`work/${name}`);
      tell("work");
    };
  }

  return {
    get work() { return work; },
    get paper() { return paper; },
    get trouble() { return trouble; },
    get refusal() { return refusal; },
    get ending() { return ending; },

    /** How many answers the server has still to confirm. */
    get waiting() {
      return waiting(work).filter((entry) => !writing.has(entry.slot)).length + writing.size;
    },

    /** What the server has still to confirm, as the API takes it, once all of it is in the store. */
    async unsent() {
      await written;
      return waiting(work);
    },

    /** Whether the server has still to confirm what stands in a slot. */
    isWaiting(slot) {
      const entry = work.answers[slot];
      return writing.has(slot) || Boolean(entry && !entry.saved && !entry.refused && !entry.late);
    },

    /** The person's answer in a slot, null where there is none. */
    value(slot) {
      if (writing.has(slot)) return writing.get(slot);
      return work.answers[slot] ? work.answers[slot].value : null;
    },

    /** Start or resume with the server; the paper and what stands arrive by tell(). */
    resume: () => inTurn(resume),

    /** Go on here: what the person answers from now on is newer than the other phone's, however long the server takes. */
    takeBack() {
      goneOnAt = work.seq;
      mustResume = true;
      return inTurn(tick);
    },

    /** Keep the person's answer and send it shortly; it counts as waiting until the server has confirmed it. */
    async record(slot, value) {
      writing.set(slot, value);
      tell("work");
      written = keep((copy) => put(copy, slot, value)).finally(() => {
        if (writing.get(slot) === value) writing.delete(slot);
      });
      await written;
      tell("work");
      if (!failures) schedule(DEBOUNCE);
    },

    /** Change what only this phone knows: marks, the question shown, warnings given. */
    jot: keep,

    /** Look at once, forgetting how often it failed: the network is back, or the person asks. */
    now() {
      failures = 0;
      heardAt = -Infinity;
      return inTurn(tick);
    },

    /** The time is up: what waits is sent at once; what the server did is asked a little later, not by all phones together. */
    bell() {
      if (waiting(work).length) return this.now();
      heardAt = -Infinity;
      schedule(BELL * Math.random());
      return undefined;
    },

    /** The network is back: what is under way is lost; begin again, but not in the same instant as the whole village. */
    reconnected() {
      wire.abandon();
      failures = 0;
      heardAt = -Infinity;
      schedule(Math.random() * CROWD);
    },

    /** Sign in without leaving the page. Returns "" or the sentence why not (null: no answer). */
    signIn: (login, password) => inTurn(async () => {
      const reply = await wire.ask("POST", "/session", { login, password });
      if (reply.is !== "done") return reply.sentence || null;
      trouble = null;
      if (reply.body.person.id !== person) {
        trouble = "stranger";
        tell("stranger");
        return "";
      }
      await resume();
      return "";
    }),

    /** Hand in with what is still waiting. Returns "" once it is over, else the sentence why not (null: no answer). */
    handIn: () => inTurn(async () => {
      await written;
      if (mustResume) await resume();
      else if (isOver(lookedAt, STALE)) await look(); // what a server set back to its backup lacks is sent again first
      if (ending) return "";
      let reply = await submit();
      if (reply.type === "unknown-epoch") { // set back to its backup since: what it lacks goes first
        await resume();
        if (!trouble && !waiting(work).length) reply = await submit();
      }
      if (reply.is === "refused") await look();
      if (ending) return "";
      if (reply.is !== "done" || !reply.body.receipt) return reply.sentence || null;
      ending = { ...reply.body, attempt, late: 0, final: true };
      await forget();
      tell("ended", ending);
      return "";
    }),
  };
}
