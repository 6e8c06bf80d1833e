// Before the start: tells what this phone and its network can do. It holds nobody up.

import { openStore } from "./store.js";

const SLOW = 1500; // ms from which a round trip is called slow
const WRONG = 60000; // ms by which the phone's date may be off without a word
const CARE = ["memory", "no", "slow", "none"];

function tell(name, kind, values) {
  const row = document.querySelector(`[data-check=${name}]`);
  row.textContent = row.dataset[kind].replace(/%\((\w+)\)s/g, (_, value) => values[value]);
  row.dataset.mood = CARE.includes(kind) ? "care" : "good";
}

// A store that opens but takes nothing (quota used up) shows itself only when it is tried.
async function kindOfStore() {
  const store = await openStore();
  await store.update("trial", () => "kept");
  await store.remove("trial");
  return store.kind;
}

async function roundTrip() {
  const sent = performance.now();
  const reply = await fetch("/healthz", { cache: "no-store" });
  const heard = performance.now();
  if ((await reply.json()).status !== "alive") throw new Error("somebody else answered");
  return { ms: Math.round(heard - sent), off: Date.now() - (heard - sent) / 2 - Date.parse(reply.headers.get("Date")) - 500 };
}

async function checkLine() {
  try {
    await roundTrip(); // the first one opens the connection
    const { ms, off } = await roundTrip();
    tell("line", ms < SLOW ? "quick" : "slow", { ms });
    tell("clock", Math.abs(off) < WRONG ? "right" : "wrong", { minutes: Math.round(Math.abs(off) / 60000) });
  } catch (error) {
    tell("line", "none");
  }
}

/** Fill the list of the page, and look at the network again when it comes or goes. */
export async function checkDevice(section) {
  tell("store", (await kindOfStore()) === "memory" ? "memory" : "lasting");
  tell("reload", "serviceWorker" in navigator && window.caches ? "yes" : "no");
  await checkLine();
  section.hidden = false;
  for (const event of ["online", "offline"]) window.addEventListener(event, checkLine);
}
