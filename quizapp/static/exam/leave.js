// Signing out with answers that have not reached the server yet: asks first; they stay on the phone, locked.

async function unsent(person) {
  const [{ waiting }, { openStore }] = await Promise.all([import("./answers.js"), import("./store.js")]);
  const store = await openStore();
  const mine = (await store.keys()).filter((key) => key.startsWith(`work/${person}/`));
  const works = await Promise.all(mine.map((key) => store.copies(key)));
  return works.reduce((sum, [work]) => sum + waiting(work).length, 0);
}

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const count = await unsent(form.dataset.person).catch(() => 0);
    if (!count || window.confirm(form.dataset.unsent.replace("COUNT", count))) form.submit();
  });
}
