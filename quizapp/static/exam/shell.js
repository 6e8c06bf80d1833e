// For a reload without network: the impersonal shell and the files it names are kept, all or none.

// A captive portal answers 200 with a page of its own; every reply of our server bears its request's id.
async function ours(path) {
  const reply = await fetch(path);
  if (!reply.ok || !reply.headers.has("X-Request-Id")) throw new Error("somebody else answered");
  return reply;
}

const PICTURE = /\/pictures\/[0-9a-f]{24}/g;
const held = []; // pictures stay in memory where nothing else keeps them

/** Fetch the pictures of a paper before the network goes; `isKept` says whether the cache of this `version` takes them. */
export async function keepPictures(paper, version, isKept) {
  const paths = [...new Set(JSON.stringify(paper).match(PICTURE) || [])];
  if (!paths.length) return;
  for (const path of held.length ? [] : paths) {
    const picture = new Image();
    picture.src = path;
    held.push(picture);
  }
  if (!isKept) return;
  const cache = await caches.open(version);
  for (const path of paths) if (!(await cache.match(path))) await ours(path).then((reply) => cache.put(path, reply)).catch(() => null);
}

/** Keep the shell at `path` for this `version` of the script; older ones go once the new one is whole. Returns whether it is. */
export async function keepShell(path, version) {
  if (!("serviceWorker" in navigator) || !window.caches) return false;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const cache = await caches.open(version);
    if (await cache.match(path)) return true;
    const shell = await ours(path);
    const page = new DOMParser().parseFromString(await shell.clone().text(), "text/html");
    const address = (tag) => tag.getAttribute("src") || tag.getAttribute("href") || tag.content;
    const named = [...page.querySelectorAll("[src], link, meta[name=later]")].map(address);
    const files = [...new Set(named.filter((name) => name.startsWith("/")))];
    await Promise.all(files.map(async (file) => cache.put(file, await ours(file))));
    await cache.put(path, shell); // last: where it stands, everything does
    for (const name of await caches.keys()) if (name !== version) await caches.delete(name);
    return true;
  } catch (error) {
    return false; // works without
  }
}
