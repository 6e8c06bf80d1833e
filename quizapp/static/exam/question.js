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
  number: {
    read: ([field]) => field.value.trim() || null,
    show([field], value) { field.value = value || ""; },
  },
  pairs: {
    read(fields) {
      const made = fields.filter((field) => field.value).map((field) => [field.dataset.id, field.value]);
      return made.length ? Object.fromEntries(made) : null;
    },
    show(fields, value) {
      for (const field of fields) field.value = (value && value[field.dataset.id]) || "";
    },
  },
  order: {
    read(fields, question) {
      if (fields.length) return placed(fields); // the plain form
      return question.dataset.answered ? rowsOf(question).map((row) => row.dataset.id) : null;
    },
    show(fields, value, question) {
      const rows = new Map(rowsOf(question).map((row) => [row.dataset.id, row]));
      for (const id of value || []) rows.get(id).parentNode.append(rows.get(id));
      number(question, Boolean(value));
    },
  },
};

const rowsOf = (question) => [...question.querySelectorAll(".order-row")];

// What was chosen in a form without the script: an order only where every place is there once.
function placed(fields) {
  const ids = [];
  for (const field of fields) if (field.value) ids[field.value - 1] = field.dataset.id;
  return fields.every((field) => ids.includes(field.dataset.id)) ? ids : null;
}

function number(question, isAnswered) {
  rowsOf(question).forEach((row, index) => { row.querySelector(".option-sign").textContent = index + 1; });
  if (isAnswered) question.dataset.answered = "1";
  else delete question.dataset.answered;
  for (const told of question.querySelectorAll("[data-when]")) told.hidden = (told.dataset.when === "answered") !== isAnswered;
}

/** Do what a button inside a question says: move an entry, or take the order as it stands. Returns the entry's place, or null. */
export function act(question, button) {
  const row = button.closest(".order-row");
  if (!row && !("confirm" in button.dataset)) return null;
  if (row) {
    const other = button.dataset.move < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other && button.dataset.move < 0) other.before(row);
    else if (other) other.after(row);
    button.focus();
  }
  number(question, true);
  return row ? rowsOf(question).indexOf(row) + 1 : 0;
}

const fieldsOf = (question) => [...question.querySelectorAll("input, textarea, select")];

/** Return the value standing in a question's fields, null where there is none. */
export function readValue(question) {
  return SHAPES[question.dataset.value].read(fieldsOf(question), question);
}

/** Show `value` in a question's fields. */
export function showValue(question, value) {
  SHAPES[question.dataset.value].show(fieldsOf(question), value, question);
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

function fillOption(row, option, index, right) {
  const field = row.querySelector("input");
  const select = row.querySelector("select");
  const sign = row.querySelector(".option-sign");
  if (field) field.value = option.id;
  if (sign) sign.textContent = SIGNS[index];
  if (row.matches(".order-row")) row.dataset.id = option.id;
  row.querySelector("[data-part=option]").innerHTML = option.html;
  if (select) fillChoices(select, option.id, right);
}

// A list shows the letter and the first words; the whole text stands above.
function fillChoices(select, id, right) {
  select.name = `pair_${id}`;
  select.dataset.id = id;
  select.length = 1;
  right.forEach((one, index) => {
    const words = document.createElement("span");
    words.innerHTML = one.html;
    const text = words.textContent;
    select.add(new Option(`${SIGNS[index]} ${text.length > 24 ? `${text.slice(0, 23)}…` : text}`, one.id));
  });
}

/** Return the question of `item` as the server would have written it, from the page's template of its kind. */
export function drawQuestion(item, number, words) {
  const pattern = document.querySelector(`template[data-kind="${item.kind}"]`);
  const question = pattern.content.firstElementChild.cloneNode(true);
  const part = (name) => question.querySelector(`[data-part=${name}]`);
  part("number").textContent = number;
  if (part("points")) {
    part("points").textContent = item.points;
    part("unit").textContent = part("unit").dataset[item.points === 1 ? "one" : "many"];
  }
  part("stem").innerHTML = item.stem_html;
  part("stem").id = `stem-${item.slot}`;
  question.setAttribute("aria-describedby", part("stem").id);
  const options = question.querySelector("[data-each=options]");
  if (options) repeat(options, item.options.length, (row, index) => fillOption(row, item.options[index], index, item.right));
  const right = question.querySelector("[data-each=right]");
  if (right) repeat(right, item.right.length, (row, index) => fillOption(row, item.right[index], index));
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
