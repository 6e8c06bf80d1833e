// A page that watches over an exam looks again by itself, without a flicker: only lines that say something new are
// replaced. It rests while nobody sees it; without this script the page is renewed by loading it again.

const live = document.getElementById("live");
const trouble = document.getElementById("live-trouble");
const every = Number(live.dataset.every) * 1000;
const PATIENCE = 15000; // ms
let timer = null;
let failures = 0;

const keyed = (list) => new Map([...list.querySelectorAll(":scope > [data-key]")].map((line) => [line.dataset.key, line]));
const isSame = (one, other) => one.outerHTML === other.outerHTML;

// Lines that say what they said before stay the very same nodes, wherever they now stand.
function renewLines(list, fresh) {
  const known = keyed(list);
  const lines = [...fresh.children].map((line) => {
    const old = known.get(line.dataset.key);
    return old && isSame(old, line) ? old : document.adoptNode(line);
  });
  if (lines.length !== list.children.length || lines.some((line, index) => line !== list.children[index])) list.replaceChildren(...lines);
}

function renew(page) {
  const focus = document.activeElement && live.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const parts = (root) => [...root.querySelectorAll("[data-part]")].map((part) => part.dataset.part).join();
  if (parts(live) !== parts(page)) live.replaceChildren(...page.childNodes);
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const part = live.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (isSame(part, fresh)) continue;
    if (fresh.querySelector(":scope > [data-key]")) renewLines(part, fresh);
    else part.replaceWith(document.adoptNode(fresh));
  }
  if (focus && !live.contains(document.activeElement)) {
    const again = [...live.querySelectorAll("[href]")].find((link) => link.getAttribute("href") === focus);
    if (again) again.focus({ preventScroll: true });
  }
}

async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const reply = await fetch(location.href, { headers: { "X-Part": "live" }, redirect: "manual", signal: stop.signal });
    if (!reply.ok) throw new Error(reply.status);
    const page = document.createElement("template");
    page.innerHTML = await reply.text();
    renew(page.content);
    failures = 0;
  } catch (error) {
    failures += 1;
  } finally {
    clearTimeout(late);
  }
  trouble.hidden = failures < 2;
  timer = setTimeout(look, every * (0.8 + Math.random() * 0.4) * Math.min(1 + failures, 6));
}

document.addEventListener("visibilitychange", look);
timer = setTimeout(look, every * (0.8 + Math.random() * 0.4));
