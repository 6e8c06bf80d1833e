// The answer file: what has not reached the server, sealed for it, to be carried there as a file, a text or a QR code.
// Fetched after the page has settled and kept with its shell, so that it is there once the network is not.

import { hmac } from "./sha256.js";

const QR_LONGEST = 1100; // characters; above that a screen is too small for another phone's camera
const byId = (id) => document.getElementById(id);
const encoded = (text) => new TextEncoder().encode(text);

function base64(bytes) {
  const text = btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(""));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function bytesOf(text) {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
}

/**
 * Return {text, isSealed} of what waits in an attempt's work. Over plain http browsers give no cipher: such a file is
 * signed, so that nobody can change it, but can be read.
 */
export async function seal(attempt, key, content, subtle = crypto.subtle) {
  const plain = encoded(JSON.stringify(content));
  if (!subtle) {
    const head = `QUIZAPP0.${attempt}.${base64(plain)}`;
    return { text: `${head}.${base64(hmac(bytesOf(key), encoded(head)))}`, isSealed: false };
  }
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const head = `QUIZAPP1.${attempt}`;
  const secret = await subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["encrypt"]);
  const box = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoded(head) }, secret, plain);
  return { text: `${head}.${base64(iv)}.${base64(box)}`, isSealed: true };
}

const painter = () => import("../vendor/lean-qr/nano.js");

/** Bring along what is needed later, while there is a network. */
export const prepare = () => painter().catch(() => null);

// Read by another phone's camera it opens the page that takes files in; a readable one is no part of an address.
async function drawQr({ text, isSealed }, address) {
  const place = byId("file-qr");
  const told = isSealed ? `${address}?text=${text}` : text;
  place.hidden = true;
  if (told.length > QR_LONGEST) return;
  const { generate, correction } = await painter();
  generate(told, { minCorrectionLevel: correction.L }).toCanvas(byId("file-canvas"), { on: [0, 0, 0, 255], off: [255, 255, 255, 255] });
  place.hidden = false;
}

function offerCopy(text, words) {
  byId("file-text").value = text;
  byId("file-copy").onclick = async () => {
    byId("file-text").select();
    const isCopied = navigator.clipboard
      ? await navigator.clipboard.writeText(text).then(() => true, () => document.execCommand("copy"))
      : document.execCommand("copy");
    byId("file-done").textContent = isCopied ? words.copied : words.copy_yourself;
  };
}

function offerFile(text, name) {
  const file = new File([text], name, { type: "text/plain" });
  const link = byId("file-save");
  if (link.href) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(file);
  link.download = name;
  const mayShare = Boolean(navigator.canShare && navigator.canShare({ files: [file] }));
  byId("file-share").hidden = !mayShare;
  byId("file-share").onclick = () => navigator.share({ files: [file] }).catch(() => null);
}

/** Make the file of what waits in `work` and show every way to carry it; `page` is {words, say, openDialog, address}. */
export async function openAnswerFile(work, waiting, page) {
  const { words, say } = page;
  const answers = waiting.map(({ slot, seq, value }) => [slot, seq, value]);
  const made = await seal(work.attempt, work.fileKey, { epoch: work.epoch, answers });
  byId("file-about").textContent = say(words.about, { count: answers.length });
  byId("file-open").hidden = made.isSealed;
  byId("file-done").textContent = "";
  offerFile(made.text, `${work.attempt}.txt`);
  offerCopy(made.text, words);
  page.openDialog(byId("file"));
  await drawQr(made, page.address).catch(() => null);
}
