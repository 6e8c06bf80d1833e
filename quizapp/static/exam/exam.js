// The exam page: takes the plain form over as soon as the paper is on the phone.

import { countdown, openClock, warning } from "./clock.js";
import { handIn, openHandIn, showReceipt, signIn, tellNetworkIsBack } from "./dialogs.js";
import { found, openOutbox } from "./outbox.js";
import { openPager, plainChoice } from "./pager.js";
import { announce, closeDialog, drawCard, drawNote, drawState, endedBy, notice, openDialog, say, warn, words } from "./screen.js";
import { keepPictures, keepShell } from "./shell.js";
import { back, fresh, gone } from "./signals.js";
import { openStore, whoIsHere } from "./store.js";
import { openWire } from "./wire.js";

const SETTLE = 3000; // ms before the page is kept for a reload without network
const AGAIN = 15000; // ms until that is tried again
const byId = (id) => document.getElementById(id);
const root = byId("exam");
const clock = openClock();
const person = root.dataset.person || whoIsHere();
const attempt = root.dataset.attempt || (/\/attempts\/([^/]+)/.exec(location.pathname) || [])[1];

const fileModule = () => import("./answer_file.js");
const mayGoOn = () => !whoIsHere() || whoIsHere() === person;

let store;
let outbox;
let pager;
let isKept = !root.dataset.attempt; // a reload without network brings this page again
let keeping = null;
let isShut = false; // the fields rest: the time is up, or the attempt is no longer open
let isOver = false; // the receipt is shown, or the page is left
let wasAskedToSignIn = false;

// What the plain form showed, and what was chosen in it before the script was there, counts.
function takeOver() {
  if (pager.at !== null) return;
  const plain = byId("plain");
  const { items } = outbox.paper;
  let first = outbox.work.at;
  if (plain) {
    const choice = plainChoice(plain);
    const place = items.findIndex(({ slot }) => slot === choice.slot);
    if ("value" in choice) outbox.record(choice.slot, choice.value);
    if (place >= 0 && ("value" in choice || /[?&]slot=/.test(location.search))) first = place;
    plain.remove();
  }
  for (const id of ["page", "steps", "card-button", "side"]) byId(id).hidden = false;
  pager.show(first);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  if (store.kind === "memory") notice(words.weak);
  setTimeout(keepPage, SETTLE);
}

async function keepPage() {
  clearTimeout(keeping);
  isKept = await keepShell(root.dataset.shell, `exam ${import.meta.url}`);
  keepPictures(outbox.paper, `exam ${import.meta.url}`, isKept);
  if (!isKept) keeping = setTimeout(keepPage, AGAIN);
  fileModule().then((file) => file.prepare()).catch(() => null); // without a service worker it must be here already
  redraw();
}

function redraw() {
  if (isOver) return;
  drawState(outbox, isKept, isShut);
  if (pager.at === null) return;
  drawCard(outbox, pager.at, (index) => {
    closeDialog(byId("card"));
    pager.show(index);
  });
  pager.refresh();
  drawNote(outbox, pager.slot);
  const mayMakeFile = outbox.trouble === "network" && outbox.waiting > 0 && Boolean(outbox.work.fileKey);
  for (const button of document.querySelectorAll("[data-file]")) button.hidden = !mayMakeFile;
  if (!outbox.trouble && !outbox.waiting && navigator.onLine !== false) tellNetworkIsBack(outbox);
  redrawTime();
}

function redrawTime() {
  if (isOver) return;
  if (clock.slipped()) outbox.now();
  const { work } = outbox;
  if (clock.now() === null || !work.deadline) return;
  const left = Date.parse(work.deadline) - clock.now();
  const isUp = left <= 0 && clock.sure;
  byId("time-label").textContent = isUp ? words.time_up : clock.sure ? words.left : words.left_about;
  byId("time-left").textContent = countdown(left);
  byId("time").dataset.left = left <= 60000 ? "one" : left <= 300000 ? "five" : "";
  const due = clock.sure ? warning(left, work.warned) : null;
  if (due) {
    work.warned = due;
    outbox.jot((copy) => { copy.warned = due; });
    warn(say(words.warning, { minutes: due }));
  }
  if (pager.at === null) return;
  isShut = isUp || work.state !== "open";
  shut();
}

// Past the deadline the fields rest; the page itself hands nothing in, it asks what the server did.
function shut() {
  if (pager.shut(isShut)) {
    notice("");
    drawState(outbox, isKept, isShut);
    if (isShut) outbox.bell();
  }
  if (!isShut) return;
  const count = outbox.waiting;
  const { ending } = outbox;
  if (ending && ending.ended) notice(say(count ? words.ended : words.ended_whole, { count, who: endedBy(ending.ended) }));
  else if (ending) notice(count ? say(words.closed, { count }) : words.closed_whole);
  else if (outbox.trouble !== "network") notice(words.closing);
  else notice(say(words.closing_offline, { count }), count ? { text: words.file.offer, act: makeFile } : undefined);
}

// For a phone that may never get back online: what waits, to be carried to the server by somebody.
async function makeFile() {
  for (const id of ["card", "hand-in"]) closeDialog(byId(id));
  pager.takeDown();
  const waiting = await outbox.unsent();
  const address = new URL(root.dataset.takeIn, location.href).href;
  try {
    await (await fileModule()).openAnswerFile(outbox.work, waiting, { words: words.file, say, openDialog, address });
  } catch (error) {
    notice(words.file.missing);
  }
}

function askToHandIn() {
  pager.takeDown();
  openHandIn(outbox);
}

// Somebody else is signed in on this phone: nothing of this attempt may be seen or sent; it stays locked in the store.
function leave() {
  isOver = true;
  root.textContent = "";
  location.replace(root.dataset.home);
}

// Brought back from the browser's memory by "back": perhaps by the next person at this phone.
function wake() {
  if (mayGoOn()) outbox.now();
  else leave();
}

function finish(ending) {
  closeDialog(byId("hand-in"));
  if (!ending.final) return;
  isOver = true;
  notice("");
  showReceipt(root, ending);
}

function askToSignIn() {
  if (wasAskedToSignIn) return;
  wasAskedToSignIn = true;
  openDialog(byId("sign-in"));
}

function tellOverruled(slots) {
  if (!slots || !slots.length) return;
  const places = slots.map((slot) => outbox.paper.items.findIndex((item) => item.slot === slot) + 1);
  const sentence = say(words.overruled, { numbers: places.sort((one, other) => one - other).join(words.comma) });
  announce(sentence);
  notice(sentence, { text: words.here, act: () => { notice(""); outbox.takeBack(); } });
}

function heard(what, detail) {
  const reload = { text: words.go_on, act: () => location.reload() };
  if (what === "reopened") notice(words.reopened, reload);
  else if (what === "set-back") {
    root.classList.add("is-set-back");
    notice(words.set_back, reload);
  }
  else if (what === "receipt") {
    notice("");
    showReceipt(root, detail);
  }
  if (isOver) return;
  if (what === "paper") takeOver();
  else if (what === "ended") finish(detail);
  else if (what === "stranger") leave();
  else if (what === "gone") notice(words.gone, { text: words.to_exam, act: () => location.assign(`/exams/${outbox.work.exam}`) });
  else if (what === "sign-in") askToSignIn();
  else if (what === "overruled") tellOverruled(detail);
  if (!outbox.trouble) wasAskedToSignIn = false;
  redraw();
}

// Counted openly (the page before the start says so) and kept with the answers, so that a reload forgets nothing.
function count(change) {
  if (isOver) return;
  outbox.jot((copy) => {
    if (!copy.signals) copy.signals = fresh(crypto.getRandomValues(new Uint32Array(2)).join("").slice(0, 16));
    change(copy.signals);
  });
}

function countLoad() {
  count((signals) => {
    back(signals, Date.now());
    signals.loads += 1;
  });
}

function listen() {
  const on = (target, event, deed) => target.addEventListener(event, deed);
  on(byId("card-button"), "click", () => openDialog(byId("card")));
  on(byId("hand-in-now"), "click", () => handIn(outbox));
  on(byId("state-deed"), "click", () => openDialog(byId("sign-in")));
  on(byId("sign-in-form"), "submit", (event) => {
    event.preventDefault();
    signIn(outbox, event.target);
  });
  for (const button of document.querySelectorAll("[data-hand-in]")) on(button, "click", askToHandIn);
  for (const button of document.querySelectorAll("[data-file]")) on(button, "click", makeFile);
  for (const button of document.querySelectorAll("[data-close]")) on(button, "click", () => closeDialog(button.closest("dialog")));
  on(document, "visibilitychange", () => {
    count((signals) => (document.hidden ? gone : back)(signals, Date.now()));
    outbox.now();
  });
  on(window, "pageshow", (event) => { if (event.persisted) wake(); });
  on(window, "online", () => {
    outbox.reconnected();
    if (!isKept && outbox.paper) keepPage();
  });
  on(window, "offline", redraw);
  on(window, "beforeunload", (event) => { if (store.kind === "memory" && outbox.waiting && !isOver) event.preventDefault(); });
  setInterval(redrawTime, 1000);
}

async function begin() {
  store = await openStore();
  const kept = person ? await found(store, `${person}/${attempt}`) : {};
  const exam = root.dataset.exam || (kept.work && kept.work.exam);
  if (!exam) return notice(words.missing, { text: words.load_again, act: () => location.reload() });
  if (!mayGoOn()) return leave();
  const wire = openWire(root.dataset.api, clock, root.dataset.token);
  outbox = openOutbox({ store, wire, clock, person, attempt, exam, kept, mayGoOn, tell: heard });
  pager = openPager(outbox, redraw, askToHandIn);
  if (kept.work && kept.work.clock) clock.guess(kept.work.clock);
  if (root.dataset.title && !outbox.work.title) outbox.work.title = root.dataset.title;
  byId("title").textContent = root.dataset.title || outbox.work.title;
  listen();
  countLoad();
  if (outbox.paper) takeOver();
  if (root.dataset.attempt) outbox.resume(); // the server wrote this page just now: the attempt is open
  else outbox.now(); // the kept shell: first ask how things stand
  return undefined;
}

begin();
