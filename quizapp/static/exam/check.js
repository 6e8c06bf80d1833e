// Before the start: says so where this phone cannot keep answers by itself.

import { openStore } from "./store.js";

const place = document.getElementById("device-check");

openStore().then((store) => {
  if (!place || store.kind !== "memory") return;
  place.textContent = place.dataset.weak;
  place.hidden = false;
});
