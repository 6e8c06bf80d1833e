// What stands around the question: the state in words, the answer card, the dialogs, the receipt.

import { answered } from "./answers.js";

const LONGEST_LIST = 12; // numbers in a sentence; the answer card shows all
const PASSING = 12000; // ms
const byId = (id) => document.getElementById(id);

let passing = null;

/** The page's sentences. */
export const words = JSON.parse(byId("words").textContent);

/** Return a sentence with its %(names)s filled in. */
export const say = (sentence, values) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

/** Return a moment on the wall clock that people read; midnight is told as 24:00 of the day that ends. */
export function momentWords(moment, timeZone) {
  const wall = (date, parts) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone, ...parts }).format(date);
  const date = new Date(moment);
  const clock = wall(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = clock === "00:00" ? new Date(date - 60000) : date;
  return `${wall(day, { month: "long", day: "numeric", weekday: "short" })} ${clock === "00:00" ? "24:00" : clock}`;
}

// Whether one may go on without the server, and what not to do then.
function cutWords(isOffline, isKept, isShut) {
  if (isShut) return isOffline ? words.offline_shut : words.unreachable_shut;
  if (isKept) return isOffline ? words.offline : words.unreachable;
  return isOffline ? words.offline_stay : words.unreachable_stay;
}

// How things stand, in words, and the mood the style shows: saved, busy or cut.
function stateWords({ waiting, trouble, refusal, work }, isKept, isShut) {
  const kept = Object.values(work.answers);
  const refused = kept.filter((entry) => entry.refused).length;
  const late = kept.filter((entry) => entry.late).length;
  const told = [];
  if (trouble === "sign-in") told.push(words.sign_in);
  else if (trouble === "refused") told.push(say(words.refused, { reason: refusal }));
  else if (trouble || navigator.onLine === false) told.push(cutWords(navigator.onLine === false, isKept, isShut));
  if (waiting) told.push(told.length || !work.epoch ? say(words.unsent, { count: waiting }) : words.saving);
  if (refused) told.push(say(words.not_accepted, { count: refused }));
  if (late) told.push(say(words.late, { count: late }));
  if (!told.length && work.tried && !isShut) told.push(words.not_yet);
  if (!told.length) return { mood: "saved", text: kept.length ? words.saved : words.start };
  return { mood: told[0] === words.saving ? "busy" : "cut", text: told.join(" · ") };
}

// The question stays where it is while the sentence above it grows and shrinks: nobody's finger meets another option.
function holdStill(place) {
  const { style } = byId("middle");
  const spare = parseFloat(getComputedStyle(byId("middle")).paddingTop);
  const grown = place.offsetHeight - parseFloat(getComputedStyle(place).minHeight);
  style.marginTop = `${-Math.max(0, Math.min(grown, spare))}px`;
}

/** Show how things stand, and where a reload would lose the page that too; a screen reader hears of it only when it turns. */
export function drawState(outbox, isKept, isShut) {
  const place = byId("state");
  const { mood, text } = stateWords(outbox, isKept, isShut);
  const before = place.dataset.mood;
  place.dataset.mood = mood;
  place.hidden = false;
  byId("state-text").textContent = text;
  byId("state-deed").hidden = outbox.trouble !== "sign-in";
  holdStill(place);
  if (before && before !== mood && mood !== "busy" && before !== "busy") announce(text);
}

function cellState(outbox, slot) {
  const entry = outbox.work.answers[slot];
  if (entry && entry.refused) return "refused";
  if (outbox.isWaiting(slot)) return "unsent";
  return outbox.value(slot) !== null ? "answered" : "empty";
}

function fillCell(cell, outbox, item, number, isHere) {
  const state = cellState(outbox, item.slot);
  const isMarked = Boolean(outbox.work.marks[item.slot]);
  const told = [words.cell[state], ...(isMarked ? [words.cell.marked] : [])];
  cell.dataset.state = state;
  cell.classList.toggle("is-marked", isMarked);
  if (isHere) cell.setAttribute("aria-current", "true"); else cell.removeAttribute("aria-current");
  cell.setAttribute("aria-label", `${say(words.cell.question, { number })}${words.comma}${told.join(words.comma)}`);
  cell.querySelector(".cell-number").textContent = number;
  cell.querySelector(".cell-word").textContent = isMarked && state !== "unsent" ? words.cell.marked : words.cell[state];
}

function buildCard(place, count, go) {
  place.append(byId("card-pattern").content.cloneNode(true));
  const row = place.querySelector("li");
  for (let index = 0; index < count; index += 1) {
    const copy = row.cloneNode(true);
    copy.firstElementChild.addEventListener("click", () => go(index));
    row.before(copy);
  }
  row.remove();
}

/** Show the answer card wherever the page has a place for it; `go(index)` opens a question. */
export function drawCard(outbox, at, go) {
  const { items } = outbox.paper;
  const count = answered(outbox.work, outbox.paper).length;
  byId("card-button").textContent = `${words.card} ${count}/${items.length}`;
  for (const place of document.querySelectorAll("[data-card]")) {
    if (!place.firstElementChild) buildCard(place, items.length, go);
    place.querySelector(".card-count").textContent = say(words.facts.answered, { count, total: items.length });
    place.querySelectorAll(".cell").forEach((cell, index) => fillCell(cell, outbox, items[index], index + 1, index === at));
  }
}

/** Show what the server said about the answer of the question shown. */
export function drawNote(outbox, slot) {
  const { refused, late } = outbox.work.answers[slot] || {};
  byId("question-note").hidden = !refused && !late;
  byId("question-note").textContent = late ? words.late_answer : refused ? say(words.refused_answer, { reason: refused }) : "";
}

/** Return the sentences that name what handing in now will do. */
export function handInFacts(outbox) {
  const { paper, work } = outbox;
  const { facts } = words;
  const told = (fits, sentence) => {
    const numbers = paper.items.map(({ slot }, index) => (fits(slot) ? index + 1 : 0)).filter(Boolean);
    const list = numbers.slice(0, LONGEST_LIST).join(words.comma) + (numbers.length > LONGEST_LIST ? " …" : "");
    return numbers.length ? [say(sentence, { numbers: list, count: numbers.length })] : [];
  };
  const empty = told((slot) => outbox.value(slot) === null, facts.empty);
  return {
    isWhole: !empty.length,
    sentences: [
      say(facts.answered, { count: answered(work, paper).length, total: paper.items.length }),
      ...empty,
      ...told((slot) => work.marks[slot], facts.marked),
      ...told((slot) => (work.answers[slot] || {}).refused, facts.refused),
      ...told((slot) => outbox.isWaiting(slot), facts.unsent),
    ],
  };
}

/** Open a dialog, also where the browser has none of its own. */
export function openDialog(dialog) {
  if (dialog.open) return;
  if (dialog.showModal) dialog.showModal(); else dialog.setAttribute("open", "");
  dialog.querySelector(".sheet-title").focus();
}

/** Close a dialog; the browser gives the focus back. */
export function closeDialog(dialog) {
  if (dialog.close) dialog.close(); else dialog.removeAttribute("open");
}

/** Show one line until the next; `deed` is {text, act} for a button beside it. "" hides it. */
export function notice(text, deed) {
  const place = byId("notice");
  if (place.dataset.text === text) return;
  clearTimeout(passing);
  place.dataset.text = text;
  place.textContent = text;
  place.hidden = !text;
  place.classList.remove("is-passing");
  if (!deed) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: deed.text });
  button.addEventListener("click", deed.act);
  place.append(button);
}

/** Show one line over the page for a while: nothing moves under a finger that is about to choose. */
export function warn(text) {
  announce(text);
  notice(text);
  byId("notice").classList.add("is-passing");
  passing = setTimeout(() => notice(""), PASSING);
}

/** Say something to a screen reader without moving the focus. */
export function announce(text) {
  byId("announce").textContent = text;
}

/** Return who ended an attempt, or the exam for everybody, before its time. */
export const endedBy = ({ what, name }) => say(words.ended_by[what], { name: name || words.ended_by.operator });

function saidWords({ ended, state }, time) {
  if (ended) return say(words.ended_on, { who: endedBy(ended), time });
  return say(state === "submitted" ? words.by_person : words.by_server, { time });
}

/** Return the receipt as it replaces the questions; `when` is the moment of handing in, in words. */
export function drawReceipt(ending, when) {
  const page = byId("receipt-page").content.cloneNode(true);
  const part = (name) => page.querySelector(`[data-part=${name}]`);
  const { code, digest, key_id, signature } = ending.receipt;
  const { attempt, answered, submitted_at } = ending;
  part("said").textContent = saidWords(ending, when);
  part("answered").textContent = say(words.receipt_answered, { count: ending.answered });
  for (const half of [code.slice(0, 5), code.slice(5)]) {
    part("code").append(Object.assign(document.createElement("span"), { textContent: half }));
  }
  part("late").hidden = !ending.late;
  part("late").textContent = say(words.late_receipt, { count: ending.late });
  // All that the signature covers goes along: it proves the receipt even where a restored server lacks the record.
  const stated = new URLSearchParams({ attempt, digest, answered, submitted_at, key_id, signature });
  part("check").href = `${part("check").getAttribute("href").replace("CODE", code)}?${stated}`;
  return page;
}
