// How many questions and points the paper has, told while the rows are being filled in; a row shows what its kind needs.

const line = document.querySelector("[data-sum]");
const number = (input) => Number(input.value.trim().replace(/[,，]/, ".")) || 0;

const tell = () => {
  let questions = 0;
  let points = 0;
  document.querySelectorAll("[data-section]").forEach((row) => {
    const kind = row.querySelector("select[name$='-kind']").value;
    row.querySelectorAll("[data-for]").forEach((part) => { part.hidden = !part.dataset.for.split(" ").includes(kind); });
    const parts = kind === "case" ? number(row.querySelector("input[name$='-parts']")) || 1 : 1;
    const count = number(row.querySelector("[data-count]")) * parts;
    questions += count;
    points += count * number(row.querySelector("[data-points]"));
  });
  const words = line.dataset.words.replace("{questions}", questions).replace("{points}", Math.round(points * 1000) / 1000);
  if (line.textContent !== words) line.textContent = words;
};

if (line) {
  line.closest("form").addEventListener("input", tell);
  tell();
}
