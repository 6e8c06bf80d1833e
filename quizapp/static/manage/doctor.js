// Files may be dropped on their field; a question and its lines in the file mark each other. Without this script the
// files are chosen, and lines stand beside their questions all the same.

const drop = document.querySelector("[data-drop]");
if (drop) {
  const input = drop.querySelector("input[type=file]");
  drop.querySelector("[data-drop-words]").hidden = false;
  const isOver = (is) => drop.classList.toggle("is-over", is);
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => { event.preventDefault(); isOver(true); });
  drop.addEventListener("dragleave", () => isOver(false));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    isOver(false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.form.requestSubmit();
  });
}

// What was chosen or typed for the bank goes along with whatever else is sent from the page.
const take = document.querySelector("form.take");
if (take) {
  document.addEventListener("formdata", (event) => {
    if (event.target === take) return;
    for (const name of ["slug", "title", "handbook"]) {
      if (take.elements[name]) event.formData.set(name, take.elements[name].value);
    }
  });
}

const MARKED = "is-marked";
const lines = [...document.querySelectorAll("[data-of]")];

function mark(names) {
  for (const one of document.querySelectorAll(`.${MARKED}`)) one.classList.remove(MARKED);
  for (const line of lines) if (line.dataset.of.split(" ").some((name) => names.includes(name))) line.classList.add(MARKED);
  for (const box of names.map((name) => document.getElementById(name))) if (box) box.classList.add(MARKED);
}

for (const line of lines) {
  line.addEventListener("click", () => {
    const names = line.dataset.of.split(" ");
    mark(names);
    const box = document.getElementById(names[0]);
    if (box) box.scrollIntoView({ block: "nearest" });
  });
}
for (const box of document.querySelectorAll("[data-question]")) {
  for (const name of ["click", "focusin"]) box.addEventListener(name, () => mark([box.id]));
}
