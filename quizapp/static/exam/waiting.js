// Waiting for the opening: counts down by the server's clock without asking it, then starts by itself.

import { countdown, openClock } from "./clock.js";

const LOOK = 500; // ms
const PATIENCE = 8000; // ms for the server's sign of life
const AGAIN = 3000; // ms, up to twice that, until the next try
const CROWD = 20000; // ms over which those who wait fetch the exam page's files

// The server wrote its time before the first byte of this page: so counted, the clock is never ahead of it.
function serversClock(now) {
  const [entry] = performance.getEntriesByType("navigation");
  const heard = (entry && entry.responseStart) || performance.now();
  const clock = openClock();
  clock.sample(Date.parse(now), heard, heard);
  return clock;
}

async function isReachable() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const reply = await fetch("/healthz", { cache: "no-store", signal: stop.signal });
    return (await reply.json()).status === "alive";
  } catch (error) {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Count down on the page and send `form` when this phone's turn has come and somebody is looking at it. */
export function wait(form, place) {
  const { now, opens, slot, script, style } = form.dataset;
  const clock = serversClock(now);
  let isTrying = false;

  async function start() {
    isTrying = true;
    if (await isReachable()) return form.submit();
    place.textContent = place.dataset.away;
    return setTimeout(() => { isTrying = false; }, AGAIN * (1 + Math.random()));
  }

  function look() {
    if (clock.slipped()) return location.reload();
    if (isTrying) return undefined;
    const left = Date.parse(opens) - clock.now();
    place.textContent = left > 0 ? `${place.dataset.until} ${countdown(left)}` : place.dataset.coming;
    return clock.now() >= Date.parse(slot) && !document.hidden ? start() : undefined;
  }

  for (const shown of [place, document.getElementById("stay")]) shown.hidden = false;
  for (const file of [script, style]) setTimeout(() => fetch(file).catch(() => {}), Math.random() * CROWD);
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", look);
  setInterval(look, LOOK);
  look();
}
