// Small comforts; every page works without them.

const all = (selector, deed) => document.querySelectorAll(selector).forEach(deed);

// Show what is typed as a password, on request.
all("[data-show]", (button) => {
  const input = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.setAttribute("aria-pressed", String(isShown));
    input.focus();
  });
});

// Text size and colours change at once, so that the choice can be seen before it is kept.
all("[data-preferences]", (form) => form.addEventListener("change", ({ target }) => {
  if (target.name === "text" || target.name === "theme") document.documentElement.dataset[target.name] = target.value;
}));

// Print and copy appear where they work.
all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
all("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    if (button.dataset.copied) button.textContent = button.dataset.copied;
  });
});

// One press is one deed: a second press on a slow network does nothing. Coming back to the page frees the buttons.
const held = new Set();
document.addEventListener("submit", ({ target, submitter, defaultPrevented }) => {
  if (defaultPrevented || target.method !== "post" || !submitter) return;
  setTimeout(() => {
    submitter.disabled = true;
    held.add(submitter);
  });
});
window.addEventListener("pageshow", () => held.forEach((button) => { button.disabled = false; }));

// After a refused form the person starts at what is wrong.
const wrong = document.querySelector('[aria-invalid="true"]');
if (wrong) wrong.focus();
