// For a reload without network: the exam's kept shell and the files it names. Never the API, never another page.
// The exam page fills the cache (static/exam/exam.js); nothing is fetched or kept here.

const EXAM = /^\/attempts\/[^/]+$/;
const SHELL = "/exam-shell";
const PATIENCE = 6000; // ms of silence after which the kept shell answers in the network's place

async function fromNetwork(request) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  const reply = await Promise.race([fetch(request), late]);
  if (reply.type === "opaqueredirect") return reply; // to the sign-in
  if (reply.status >= 500 || !reply.headers.has("X-Request-Id")) throw reply; // in trouble, or not our server at all
  const body = await Promise.race([reply.blob(), late]); // a page cut off half way is none
  return new Response(body, reply);
}

async function examPage(request) {
  try {
    return await fromNetwork(request);
  } catch (error) {
    return (await caches.match(SHELL)) || (error instanceof Response ? error : fetch(request));
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && EXAM.test(pathname)) event.respondWith(examPage(request));
  else if (pathname.startsWith("/static/") || pathname.startsWith("/pictures/")) event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
});
