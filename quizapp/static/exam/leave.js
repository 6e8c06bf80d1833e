// Signing out: asks first where answers have not reached the server yet; they stay on the phone, locked, and nothing else does.

async function openParts() {
  const [{ waiting }, { openStore }] = await Promise.all([import("./answers.js"), import("./store.js")]);
  return { waiting, store: await openStore() };
}

async function worksOf(person, store) {
  const names = (await store.keys()).filter((key) => key.startsWith(`work/${person}/`)).map((key) => key.slice("work/".length));
  return Promise.all(names.map(async (name) => ({ name, work: (await store.copies(`work/${name}`))[0] })));
}

// The next person at this phone finds no text: papers go, and with them every attempt whose answers the server has.
async function clear(person) {
  const { waiting, store } = await openParts();
  for (const { name, work } of await worksOf(person, store)) {
    await store.remove(`paper/${name}`);
    if (!waiting(work).length) await store.remove(`work/${name}`);
  }
}

async function unsent(person) {
  const { waiting, store } = await openParts();
  return (await worksOf(person, store)).reduce((sum, { work }) => sum + waiting(work).length, 0);
}

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { person } = form.dataset;
    const count = await unsent(person).catch(() => 0);
    if (count && !window.confirm(form.dataset.unsent.replace("COUNT", count))) return;
    await clear(person).catch(() => {});
    form.submit();
  });
}
