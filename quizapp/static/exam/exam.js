// The exam page: takes the plain form over as soon as the paper is on the phone.

import { same } from "./answers.js";
import { countdown, openClock, warning } from "./clock.js";
import { found, openOutbox, openWire } from "./outbox.js";
import { drawQuestion, pick, readValue, showValue } from "./question.js";
import {
  announce, closeDialog, drawCard, drawNote, drawReceipt, drawState, handInFacts, momentWords, notice, openDialog, say, words,
} from "./screen.js";
import { openStore, whoIsHere } from "./store.js";

const TYPING = 400; // ms of rest before typed text is kept
const SETTLE = 3000; // ms before the page is kept for a reload without network
const byId = (id) => document.getElementById(id);
const root = byId("exam");
const clock = openClock();
const person = root.dataset.person || whoIsHere();
const attempt = root.dataset.attempt || (/\/attempts\/([^/]+)/.exec(location.pathname) || [])[1];

let store;
let outbox;
let question = null; // the fieldset shown
let at = 0;
let typing = null;
let isOver = false; // the receipt is shown

const item = () => outbox.paper.items[at];

// ---- the question ----

// Keep what stands in the fields, where it is not kept yet.
function takeDown() {
  clearTimeout(typing);
  if (!question || question.disabled) return;
  const value = readValue(question);
  if (!same(value, outbox.value(item().slot))) outbox.record(item().slot, value);
}

function show(index) {
  takeDown();
  const { items } = outbox.paper;
  at = Math.min(Math.max(index, 0), items.length - 1);
  question = drawQuestion(item(), say(words.number, { number: at + 1, total: items.length }), words);
  showValue(question, outbox.value(item().slot));
  byId("question").textContent = "";
  byId("question").append(question);
  byId("mark").checked = Boolean(outbox.work.marks[item().slot]);
  byId("previous").disabled = at === 0;
  byId("next").textContent = at === items.length - 1 ? words.finish : words.next;
  showMaterial();
  if (outbox.work.at !== at) outbox.jot((work) => { work.at = at; });
  window.scrollTo(0, 0);
  question.querySelector("legend").focus({ preventScroll: true });
  redraw();
}

function showMaterial() {
  const material = (outbox.paper.materials || []).find(({ id }) => id === item().material_id);
  const place = byId("material");
  place.hidden = !material;
  if (!material || place.dataset.id === material.id) return; // the parts of one case leave it as the person had it
  place.dataset.id = material.id;
  place.open = true;
  byId("material-text").innerHTML = material.html;
}

function step(by) {
  if (at + by < outbox.paper.items.length) show(at + by);
  else openHandIn();
}

// The plain form may have been used before the script was there: what it shows and what was chosen in it count.
function takeOver() {
  if (question || isOver) return;
  const plain = byId("plain");
  const fields = plain ? [...plain.querySelectorAll("fieldset input")] : [];
  const isTouched = fields.some((field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue);
  const first = plain ? outbox.paper.items.findIndex(({ slot }) => String(slot) === plain.dataset.slot) : -1;
  if (isTouched) outbox.record(outbox.paper.items[first].slot, readValue(plain.querySelector("fieldset")));
  if (plain) plain.remove();
  for (const id of ["page", "steps", "card-button", "side"]) byId(id).hidden = false;
  const asked = isTouched || /[?&]slot=/.test(location.search);
  show(asked && first >= 0 ? first : outbox.work.at);
  if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
  if (store.kind === "memory") notice(words.weak);
  setTimeout(keepShell, SETTLE);
}

// ---- around it ----

function redraw() {
  if (isOver) return;
  drawState(outbox);
  if (!question) return;
  drawCard(outbox, at, (index) => {
    closeDialog(byId("card"));
    show(index);
  });
  drawNote(outbox, item().slot);
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
    announce(say(words.warning, { minutes: due }));
    notice(say(words.warning, { minutes: due }));
  }
  if (question) shut(isUp || work.state !== "open");
}

// Past the deadline the fields rest; the page itself hands nothing in, it asks what the server did.
function shut(isShut) {
  if (question.disabled !== isShut) {
    takeDown();
    question.disabled = isShut;
    notice("");
    if (isShut) outbox.now();
  }
  if (!isShut) return;
  const count = outbox.waiting;
  if (outbox.ending) notice(count ? say(words.closed, { count }) : words.closed_whole);
  else notice(outbox.trouble === "network" ? say(words.closing_offline, { count }) : words.closing);
}

function openHandIn() {
  takeDown();
  const { isWhole, sentences } = handInFacts(outbox);
  const list = byId("hand-in-facts");
  list.textContent = "";
  for (const sentence of sentences) list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
  byId("hand-in-now").textContent = isWhole ? words.hand_in : words.hand_in_anyway;
  byId("hand-in-trouble").hidden = true;
  closeDialog(byId("card"));
  openDialog(byId("hand-in"));
}

async function handIn() {
  const button = byId("hand-in-now");
  const trouble = byId("hand-in-trouble");
  button.disabled = true;
  button.textContent = words.handing_in;
  const why = await outbox.handIn();
  button.disabled = false;
  button.textContent = words.hand_in;
  if (isOver || why === "") return;
  trouble.textContent = why || words.not_arrived;
  trouble.hidden = false;
}

function showReceipt(ending) {
  isOver = true;
  for (const dialog of document.querySelectorAll("dialog")) closeDialog(dialog);
  for (const id of ["steps", "side", "card-button", "time", "state"]) byId(id).remove();
  for (const place of document.querySelectorAll("[data-card]")) place.textContent = "";
  notice("");
  byId("main").textContent = "";
  byId("main").append(drawReceipt(ending, momentWords(ending.submitted_at, root.dataset.timezone)));
  byId("receipt-title").focus();
}

async function signIn(event) {
  event.preventDefault();
  const form = event.target;
  const trouble = byId("sign-in-trouble");
  trouble.hidden = true;
  const why = await outbox.signIn(form.elements.login.value, form.elements.password.value);
  form.elements.password.value = "";
  if (why === "") return void closeDialog(byId("sign-in"));
  trouble.textContent = why || words.no_answer;
  trouble.hidden = false;
}

// Somebody else is signed in on this phone: nothing of this attempt may be seen or sent; it stays locked in the store.
function leave() {
  isOver = true;
  root.textContent = "";
  location.replace(root.dataset.home);
}

let wasAskedToSignIn = false;

function heard(what, detail) {
  if (isOver && what !== "reopened") return;
  if (what === "paper") takeOver();
  else if (what === "ended" && detail.final) showReceipt(detail);
  else if (what === "stranger") leave();
  else if (what === "other") location.replace(location.pathname.replace(attempt, detail));
  else if (what === "reopened") notice(words.reopened, { text: words.go_on, act: () => location.reload() });
  else if (what === "sign-in" && !wasAskedToSignIn) {
    wasAskedToSignIn = true;
    openDialog(byId("sign-in"));
  } else if (what === "overruled" && detail && detail.length) tellOverruled(detail);
  if (outbox && !outbox.trouble) wasAskedToSignIn = false;
  redraw();
}

function tellOverruled(slots) {
  const numbers = slots.map((slot) => outbox.paper.items.findIndex((entry) => String(entry.slot) === slot) + 1);
  if (question && String(item().slot) === slots.find((slot) => slot === String(item().slot))) {
    showValue(question, outbox.value(item().slot));
  }
  const sentence = say(words.overruled, { numbers: numbers.sort((one, other) => one - other).join(words.comma) });
  announce(sentence);
  notice(sentence, { text: words.here, act: () => { notice(""); outbox.resume(); } });
}

// ---- what people and phones do ----

function keys(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || !question) return;
  const isText = event.target.matches("input[type=text], textarea");
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by && !isText) {
    event.preventDefault();
    if (at + by >= 0) step(by);
  } else if (!isText && pick(question, event.key)) event.preventDefault();
}

function listen() {
  const form = byId("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", keys);
  form.addEventListener("change", (event) => {
    if (event.target.id === "mark") {
      const { slot } = item();
      outbox.jot((work) => { if (event.target.checked) work.marks[slot] = true; else delete work.marks[slot]; }).then(redraw);
    } else takeDown();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=text], textarea")) return;
    clearTimeout(typing);
    typing = setTimeout(takeDown, TYPING);
  });
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  byId("card-button").addEventListener("click", () => openDialog(byId("card")));
  byId("hand-in-now").addEventListener("click", handIn);
  byId("sign-in-form").addEventListener("submit", signIn);
  byId("state-deed").addEventListener("click", () => openDialog(byId("sign-in")));
  for (const button of document.querySelectorAll("[data-hand-in]")) button.addEventListener("click", openHandIn);
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => closeDialog(button.closest("dialog")));
  }
  document.addEventListener("visibilitychange", () => { takeDown(); outbox.now(); });
  window.addEventListener("pagehide", takeDown);
  window.addEventListener("pageshow", (event) => { if (event.persisted) outbox.now(); });
  window.addEventListener("online", () => outbox.reconnected());
  window.addEventListener("offline", redraw);
  window.addEventListener("beforeunload", (event) => {
    if (store.kind === "memory" && outbox.waiting && !isOver) event.preventDefault();
  });
  setInterval(redrawTime, 1000);
}

// For a reload without network: the impersonal shell and the files it names, all or none.
async function keepShell() {
  if (!("serviceWorker" in navigator) || !window.caches) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const { shell } = root.dataset;
    const cache = await caches.open(`exam ${import.meta.url}`);
    if (await cache.match(shell)) return;
    const page = new DOMParser().parseFromString(await (await fetch(shell)).text(), "text/html");
    const named = [...page.querySelectorAll("[src], link")].map((tag) => tag.getAttribute("src") || tag.getAttribute("href"));
    await cache.addAll([shell, ...new Set(named.filter((path) => path.startsWith("/")))]);
    for (const name of await caches.keys()) if (name !== `exam ${import.meta.url}`) await caches.delete(name);
  } catch (error) {
    // works without; the next page tries again
  }
}

async function begin() {
  store = await openStore();
  const kept = person ? await found(store, `${person}/${attempt}`) : {};
  const exam = root.dataset.exam || (kept.work && kept.work.exam);
  if (!exam) return notice(words.missing);
  const mayGoOn = () => !whoIsHere() || whoIsHere() === person;
  if (!mayGoOn()) return leave();
  const wire = openWire(root.dataset.api, clock, root.dataset.token);
  outbox = openOutbox({ store, wire, clock, person, attempt, exam, kept, mayGoOn, tell: heard });
  if (kept.work && kept.work.clock) clock.guess(kept.work.clock);
  document.title = byId("title").textContent = root.dataset.title || outbox.work.title;
  listen();
  if (outbox.paper) takeOver();
  if (root.dataset.attempt) outbox.resume(); // the server wrote this page just now: the attempt is open
  else outbox.now(); // the kept shell: first ask how things stand
  return undefined;
}

begin();
