// The wire to the server's API: one request at a time, and a verdict on what came back.
//
// done: our server did it · refused: it will not, whatever is tried · csrf, sign-in: not like this · later: nobody knows

const PATIENCE = 15000; // ms until a request counts as lost
const DECISIVE = [400, 403, 404, 405, 409, 410, 413, 422];

function verdict(response, text, nonce) {
  let body = null;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return { is: "later" };
  }
  const isObject = body !== null && typeof body === "object";
  if (response.ok) return isObject && (!nonce || body.nonce === nonce) ? { is: "done", body } : { is: "later" };
  // Anybody on the way can answer 403 with a page of his own; only our server speaks problem+json.
  if (!isObject || !/^application\/problem\+json/.test(response.headers.get("Content-Type"))) return { is: "later" };
  const { status } = response;
  const said = { status, type: body.type, sentence: body.detail || body.title || "", wait: Number(response.headers.get("Retry-After")) || 0 };
  if (status === 400 && /(^|[/:#])csrf$/.test(body.type)) return { ...said, is: "csrf" };
  if (status === 401) return { ...said, is: "sign-in" };
  return { ...said, is: DECISIVE.includes(status) ? "refused" : "later" };
}

/** Return the wire to the server's API; every reply's `server_now` goes into `clock`. */
export function openWire(api, clock, token) {
  let stop = null;

  async function once(method, path, body, nonce) {
    stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const sent = performance.now();
    try {
      const headers = body ? { "Content-Type": "application/json" } : {};
      if (method !== "GET") headers["X-CSRFToken"] = token;
      const response = await fetch(api + path, {
        method, headers, body: body && JSON.stringify(body), signal: stop.signal,
        redirect: "manual", referrer: "", referrerPolicy: "origin", keepalive: document.hidden,
      });
      const reply = verdict(response, await response.text(), nonce);
      const moment = reply.body && Date.parse(reply.body.server_now);
      if (moment) clock.sample(moment, sent, performance.now());
      if (reply.body && reply.body.csrf_token) token = reply.body.csrf_token;
      return reply;
    } catch (error) {
      return { is: "later" };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    /** Send one request; renew the token where it is missing or outdated. Never throws. */
    async ask(method, path, body, nonce) {
      if (method === "GET") return once(method, path);
      if (!token) await once("GET", "/csrf");
      const reply = await once(method, path, body, nonce);
      if (reply.is !== "csrf") return reply;
      const renewed = await once("GET", "/csrf");
      const again = renewed.is === "done" ? await once(method, path, body, nonce) : renewed;
      return again.is === "csrf" ? { is: "later" } : again;
    },

    /** Tell something that may get lost, beside the requests that count. Returns whether it has arrived; never throws. */
    async tell(path, body) {
      if (!token) return false;
      try {
        const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
        const response = await fetch(api + path, {
          method: "POST", headers, body: JSON.stringify(body), redirect: "manual", referrer: "", referrerPolicy: "origin",
        });
        return response.ok;
      } catch (error) {
        return false;
      }
    },

    /** Give up the request under way: the network has changed under it. */
    abandon: () => stop && stop.abort(),
  };
}
