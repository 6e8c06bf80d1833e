// The hall's screen looks again every few seconds and recovers by itself; what it last showed stays until then.

const every = Number(document.body.dataset.every || 20) * 1000;
const byId = (id) => document.getElementById(id);

async function look() {
  try {
    const reply = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout ? AbortSignal.timeout(every) : undefined });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!reply.ok || !fresh) throw new Error("no board");
    if (byId("live").innerHTML !== fresh.innerHTML) byId("live").replaceWith(document.adoptNode(fresh));
    byId("trouble").hidden = true;
  } catch (error) {
    byId("trouble").hidden = false;
  }
  setTimeout(look, every);
}

setTimeout(look, every);
