// One question at a time: shows it, takes its value down, goes on to the next.

import { same } from "./answers.js";
import { act, drawQuestion, pick, readValue, showValue } from "./question.js";
import { announce, say, words } from "./screen.js";

const TYPING = 400; // ms of rest before typed text is kept
const TEXT = "input[type=text], textarea";
const byId = (id) => document.getElementById(id);

/** Return the pager over the outbox's paper; `shown()` is called after each turn, `past()` on a step beyond the last. */
export function openPager(outbox, shown, past) {
  let question = null; // the fieldset shown
  let standing = null; // the value the fields had when they were last filled or taken down
  let at = 0;
  let typing = null;

  const item = () => outbox.paper.items[at];

  // Keep what the person changed in the fields; what came from elsewhere meanwhile is no change of theirs.
  function takeDown() {
    clearTimeout(typing);
    typing = null;
    if (!question || question.disabled) return;
    const value = readValue(question);
    if (same(value, standing)) return;
    standing = value;
    outbox.record(item().slot, value);
  }

  function fill() {
    showValue(question, outbox.value(item().slot));
    standing = readValue(question);
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

  function show(index) {
    takeDown();
    const { items } = outbox.paper;
    at = Math.min(Math.max(index, 0), items.length - 1);
    question = drawQuestion(item(), say(words.number, { number: at + 1, total: items.length }), words);
    fill();
    byId("question").textContent = "";
    byId("question").append(question);
    byId("mark").checked = Boolean(outbox.work.marks[item().slot]);
    byId("previous").disabled = at === 0;
    byId("next").textContent = at === items.length - 1 ? words.finish : words.next;
    showMaterial();
    if (outbox.work.at !== at) outbox.jot((work) => { work.at = at; });
    window.scrollTo(0, 0);
    question.querySelector("legend").focus({ preventScroll: true });
    shown();
  }

  function step(by) {
    if (at + by >= outbox.paper.items.length) past();
    else if (at + by >= 0) show(at + by);
  }

  function mark(isMarked) {
    const { slot } = item();
    outbox.jot((work) => { if (isMarked) work.marks[slot] = true; else delete work.marks[slot]; }).then(shown);
  }

  function keys(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.target.matches(`${TEXT}, select`)) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) step(by);
    if (by || pick(question, event.key)) event.preventDefault();
  }

  const form = byId("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", keys);
  form.addEventListener("change", ({ target }) => { if (target.id === "mark") mark(target.checked); else takeDown(); });
  form.addEventListener("input", ({ target }) => {
    if (!target.matches(TEXT)) return;
    clearTimeout(typing);
    typing = setTimeout(takeDown, TYPING);
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("#question button");
    const place = button ? act(question, button) : null;
    if (place) announce(say(words.moved, { number: place }));
    if (place !== null) takeDown();
  });
  byId("previous").addEventListener("click", () => step(-1));
  byId("next").addEventListener("click", () => step(1));
  document.addEventListener("visibilitychange", takeDown);
  window.addEventListener("pagehide", takeDown);

  return {
    show,
    takeDown,

    /** The place of the question shown, or null before the first. */
    get at() { return question ? at : null; },

    /** The slot of the question shown. */
    get slot() { return item().slot; },

    /** Show what came from elsewhere for the question shown; what is being typed is left alone. */
    refresh() {
      if (typing === null && !same(outbox.value(item().slot), standing)) fill();
    },

    /** Close or open the fields; return whether that changed anything. */
    shut(isShut) {
      if (question.disabled === isShut) return false;
      takeDown();
      question.disabled = isShut;
      return true;
    },
  };
}

/** Return what was chosen in the plain form before the script came: {slot, value}; `value` is missing where nothing was. */
export function plainChoice(plain) {
  const { slot } = plain.dataset;
  const fields = [...plain.querySelectorAll("fieldset input")];
  const choices = [...plain.querySelectorAll("fieldset option")];
  const isTouched = fields.some((field) => field.checked !== field.defaultChecked || field.value !== field.defaultValue)
    || choices.some((choice) => choice.value && choice.selected !== choice.defaultSelected);
  return isTouched ? { slot, value: readValue(plain.querySelector("fieldset")) } : { slot };
}
