// Where the phone keeps things: IndexedDB, else localStorage, else only this page's memory.
// update(key, change) reads, changes and writes in one step, also between two tabs.

const SHELF = "kept";
const PREFIX = "quizapp/";
const PATIENCE = 3000; // ms; some WebViews never answer when the database is asked

function outcome(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function inTime(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("no answer from the store")), PATIENCE));
  return Promise.race([promise, late]);
}

function opened() {
  const request = indexedDB.open("quizapp", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
  return inTime(outcome(request));
}

async function inDatabase() {
  let connection = await opened();

  async function transactionOn(mode) {
    // "strict": on the disk, not only on its way there, before the answer is sent
    const begin = () => connection.transaction(SHELF, mode, { durability: "strict" });
    try {
      return begin();
    } catch (error) { // the browser closed the connection behind our back
      connection = await opened();
      return begin();
    }
  }

  async function work(mode, deed) {
    const transaction = await transactionOn(mode);
    return new Promise((resolve, reject) => {
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error || new Error("not kept"));
      deed(transaction.objectStore(SHELF), (value) => { result = value; }, transaction);
    });
  }

  return {
    kind: "database",
    update: (key, change) => work("readwrite", (shelf, give, transaction) => {
      shelf.get(key).onsuccess = (event) => {
        try {
          const after = change(event.target.result);
          if (after === undefined) shelf.delete(key); else shelf.put(after, key);
          give(after);
        } catch (error) {
          transaction.abort();
        }
      };
    }),
    get: (key) => work("readonly", (shelf, give) => { shelf.get(key).onsuccess = (event) => give(event.target.result); }),
    keys: () => work("readonly", (shelf, give) => { shelf.getAllKeys().onsuccess = (event) => give(event.target.result); }),
  };
}

function inLocalStorage() {
  const box = window.localStorage;
  box.setItem(PREFIX, "");
  box.removeItem(PREFIX);
  const read = (key) => JSON.parse(box.getItem(PREFIX + key) || "null") || undefined;
  const locks = navigator.locks;
  function change(key, deed) {
    const after = deed(read(key));
    if (after === undefined) box.removeItem(PREFIX + key); else box.setItem(PREFIX + key, JSON.stringify(after));
    return after;
  }
  return {
    kind: "local",
    update: async (key, deed) => (locks ? locks.request(PREFIX + key, () => change(key, deed)) : change(key, deed)),
    get: async (key) => read(key),
    keys: async () => Object.keys(box).filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length)),
  };
}

function inMemory() {
  const box = new Map();
  return {
    kind: "memory",
    update: async (key, change) => {
      const after = change(box.get(key));
      if (after === undefined) box.delete(key); else box.set(key, after);
      return after;
    },
    get: async (key) => box.get(key),
    keys: async () => [...box.keys()],
  };
}

/** Return the places that work here, the most lasting first; memory always does. */
export async function openStore() {
  const places = [];
  for (const open of [inDatabase, inLocalStorage, inMemory]) {
    try {
      places.push(await open());
    } catch (error) {
      // denied, full or broken: the next place has to do
    }
  }
  return {
    /** How lasting the place in use is: database, local or memory. */
    get kind() { return places[0].kind; },

    /** Change what is kept under `key` in one step; `undefined` removes it. A place that fails is given up. */
    async update(key, change) {
      for (;;) {
        const place = places[0];
        try {
          return await inTime(place.update(key, change));
        } catch (error) {
          if (place !== places[0]) continue; // another update gave it up meanwhile
          if (places.length === 1) throw error;
          places.shift();
        }
      }
    },

    /** Return every copy found under `key`, the most lasting place's first. */
    async copies(key) {
      const found = await Promise.all(places.map((place) => place.get(key).catch(() => undefined)));
      return found.filter((copy) => copy !== undefined);
    },

    /** Remove `key` from every place. */
    async remove(key) {
      await Promise.all(places.map((place) => place.update(key, () => undefined).catch(() => undefined)));
    },

    /** Return all keys of all places. */
    async keys() {
      const lists = await Promise.all(places.map((place) => place.keys().catch(() => [])));
      return [...new Set([].concat(...lists))];
    },
  };
}

/** Return the public id of the person signed in last in this browser, or null where none is; on the exam's pages only. */
export function whoIsHere() {
  const found = /(?:^|; )person=([^;]*)/.exec(document.cookie);
  return found ? decodeURIComponent(found[1]) || null : null;
}
