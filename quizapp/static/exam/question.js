// Draws a question from the server's own markup, and reads and writes its value.

const SIGNS = "ABCDEFGHIJKLMNOPQRST";

// How a value of each shape is read from and shown in its fields. A cleared answer is null.
const SHAPES = {
  ids: {
    read(fields) {
      const chosen = fields.filter((field) => field.checked).map((field) => field.value);
      return chosen.length ? chosen : null;
    },
    show(fields, value) {
      for (const field of fields) field.checked = (value || []).includes(field.value);
    },
  },
  boolean: {
    read(fields) {
      const chosen = fields.find((field) => field.checked);
      return chosen ? chosen.value === "true" : null;
    },
    show(fields, value) {
      for (const field of fields) field.checked = field.value === String(value);
    },
  },
  texts: {
    read(fields) {
      const texts = fields.map((field) => field.value);
      return texts.some((text) => text.trim()) ? texts : null;
    },
    show(fields, value) {
      fields.forEach((field, index) => { field.value = (value && value[index]) || ""; });
    },
  },
};

const fieldsOf = (question) => [...question.querySelectorAll("input, textarea, select")];

/** Return the value standing in a question's fields, null where there is none. */
export function readValue(question) {
  return SHAPES[question.dataset.value].read(fieldsOf(question));
}

/** Show `value` in a question's fields. */
export function showValue(question, value) {
  SHAPES[question.dataset.value].show(fieldsOf(question), value);
}

function repeat(list, count, fill) {
  const pattern = list.firstElementChild;
  list.textContent = "";
  for (let index = 0; index < count; index += 1) {
    const copy = pattern.cloneNode(true);
    fill(copy, index);
    list.append(copy);
  }
}

function fillOption(row, option, index) {
  row.querySelector("input").value = option.id;
  row.querySelector(".option-sign").textContent = SIGNS[index];
  row.querySelector("[data-part=option]").innerHTML = option.html;
}

/** Return the question of `item` as the server would have written it, from the page's template of its kind. */
export function drawQuestion(item, number, words) {
  const pattern = document.querySelector(`template[data-kind="${item.kind}"]`);
  const question = pattern.content.firstElementChild.cloneNode(true);
  const part = (name) => question.querySelector(`[data-part=${name}]`);
  part("number").textContent = number;
  if (part("points")) part("points").textContent = item.points;
  part("stem").innerHTML = item.stem_html;
  part("stem").id = `stem-${item.slot}`;
  question.setAttribute("aria-describedby", part("stem").id);
  const options = question.querySelector("[data-each=options]");
  if (options) repeat(options, item.options.length, (row, index) => fillOption(row, item.options[index], index));
  const blanks = question.querySelector("[data-each=blanks]");
  if (blanks) {
    repeat(blanks, item.blanks, (row, index) => {
      row.querySelector(".blank-name").textContent = words.blank.replace("%(number)s", index + 1);
      row.querySelector("input").name = `text_${index + 1}`;
    });
  }
  return question;
}

/** Choose by key: 1–9 or A–H stand for the options in their order. Returns whether the key meant one. */
export function pick(question, key) {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : /^[a-h]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
  const field = question.querySelectorAll(".option input")[index];
  if (!field || field.disabled) return false;
  field.click();
  field.focus();
  return true;
}
