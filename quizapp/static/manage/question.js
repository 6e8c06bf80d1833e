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

if (form) {
  form.addEventListener("input", ({ target }) => {
    if (here.contains(target)) return;
    if (target.type === "file") {
      form.querySelector("[name=look]").click(); // the page comes back with the picture in the text
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(look, 500);
  });
}
