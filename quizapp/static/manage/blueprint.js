// How many questions and points the paper has, told while the rows are being filled in.

const line = document.querySelector("[data-sum]");
const number = (input) => Number(input.value.trim().replace(/[,，]/, ".")) || 0;

const tell = () => {
  let questions = 0;
  let points = 0;
  document.querySelectorAll("[data-section]").forEach((row) => {
    const count = number(row.querySelector("[data-count]"));
    questions += count;
    points += count * number(row.querySelector("[data-points]"));
  });
  const words = line.dataset.words.replace("{questions}", questions).replace("{points}", Math.round(points * 1000) / 1000);
  if (line.textContent !== words) line.textContent = words;
};

if (line) line.closest("form").addEventListener("input", tell);
