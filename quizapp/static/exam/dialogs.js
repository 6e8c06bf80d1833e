// The dialogs of the exam page: handing in, signing in again; and the receipt that takes the page's place.

import { closeDialog, drawReceipt, handInFacts, momentWords, openDialog, words } from "./screen.js";

const byId = (id) => document.getElementById(id);

/** Show what handing in now would do. */
export function openHandIn(outbox) {
  const { isWhole, sentences } = handInFacts(outbox);
  const list = byId("hand-in-facts");
  list.textContent = "";
  for (const sentence of sentences) list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
  byId("hand-in-now").textContent = isWhole ? words.hand_in : words.hand_in_anyway;
  byId("hand-in-trouble").hidden = true;
  closeDialog(byId("card"));
  openDialog(byId("hand-in"));
}

function complain(id, sentence) {
  byId(id).textContent = sentence;
  byId(id).hidden = false;
  byId(id).scrollIntoView({ block: "center" });
}

/** Hand in; where that fails, say so in the dialog and leave the button for another try. */
export async function handIn(outbox) {
  const button = byId("hand-in-now");
  const label = button.textContent;
  button.disabled = true;
  button.textContent = words.handing_in;
  byId("hand-in-trouble").hidden = true;
  const why = await outbox.handIn();
  button.disabled = false;
  button.textContent = label;
  if (why === "") return;
  if (why === null) outbox.jot((copy) => { copy.tried = true; });
  complain("hand-in-trouble", why || (navigator.onLine === false ? words.not_handed_in : words.not_arrived));
}

/** The network is back under a dialog whose hand-in did not arrive: say that the button may be pressed again. */
export function tellNetworkIsBack(outbox) {
  const trouble = byId("hand-in-trouble");
  if (!byId("hand-in").open || trouble.hidden || trouble.textContent === words.network_back) return;
  openHandIn(outbox);
  complain("hand-in-trouble", words.network_back);
}

/** Sign in by the dialog's form, without leaving the page. */
export async function signIn(outbox, form) {
  byId("sign-in-trouble").hidden = true;
  const { login, password } = form.elements;
  const why = await outbox.signIn(login.value, password.value);
  password.value = "";
  if (why === "") for (const dialog of document.querySelectorAll("#sign-in")) closeDialog(dialog); // gone where somebody else signed in
  else complain("sign-in-trouble", why || words.no_answer);
}

/** Put the receipt in the place of the questions, of which nothing stays in the page. */
export function showReceipt(root, ending) {
  root.classList.add("is-over");
  for (const dialog of document.querySelectorAll("dialog")) closeDialog(dialog);
  for (const part of ["steps", "side", "card-button", "time", "state", "card"].map(byId).filter(Boolean)) part.remove();
  byId("main").textContent = "";
  byId("main").append(drawReceipt(ending, momentWords(ending.submitted_at, root.dataset.timezone)));
  byId("receipt-title").focus();
}
