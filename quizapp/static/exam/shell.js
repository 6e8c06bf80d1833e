// For a reload without network: the impersonal shell and the files it names are kept, all or none.

/** Keep the shell at `path` for this `version` of the script; older ones go once the new one is whole. */
export async function keepShell(path, version) {
  if (!("serviceWorker" in navigator) || !window.caches) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const cache = await caches.open(version);
    if (await cache.match(path)) return;
    const page = new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
    const named = [...page.querySelectorAll("[src], link")].map((tag) => tag.getAttribute("src") || tag.getAttribute("href"));
    await cache.addAll([path, ...new Set(named.filter((name) => name.startsWith("/")))]);
    for (const name of await caches.keys()) if (name !== version) await caches.delete(name);
  } catch (error) {
    // works without; the next page tries again
  }
}
