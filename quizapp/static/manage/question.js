// While a question is written the look at it follows, with the articles that speak of the same.

const form = document.querySelector("form[data-look]");
const here = document.querySelector("[data-look-here]");
let waiting;
let asked = 0;

const look = async () => {
  const mine = ++asked;
  const body = new FormData(form);
  body.delete("picture"); // a picture goes with the form itself, once
  try {
    const reply = await fetch(form.dataset.look, { method: "POST", body });
    if (!reply.ok || reply.redirected) return;
    const html = await reply.text();
    if (mine !== asked || here.contains(document.activeElement)) return; // a newer one is on its way, or it is in use
    here.innerHTML = html;
  } catch {
    // Without network the look stays as it was; the button still works later.
  }
};

// A picture becomes its sign behind the text. One that is refused stays chosen: saving the form is refused with it too.
const bring = async () => {
  const { picture, stem } = form.elements;
  const body = new FormData(form);
  body.append("look", "1");
  const sent = stem.value.trim();
  try {
    const reply = await fetch(form.action, { method: "POST", body });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const field = page.querySelector("[data-picture]");
    if (!field) throw new Error("not this form");
    form.querySelector("[data-picture]").replaceWith(field);
    const fresh = form.elements.picture;
    if (fresh.matches("[aria-invalid]")) {
      fresh.files = picture.files;
      fresh.focus();
    } else {
      stem.value += page.querySelector("#stem").value.slice(sent.length);
      look();
    }
  } catch {
    form.querySelector("[name=look]").click(); // the page itself then tells what is wrong
  }
};

if (form) {
  form.addEventListener("input", ({ target }) => {
    if (here.contains(target)) return;
    if (target.type === "file") {
      if (target.files.length) bring();
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(look, 500);
  });
}
