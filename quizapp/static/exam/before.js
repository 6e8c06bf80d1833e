// The page before the start: what this phone can do, and the wait for the opening.

import { checkDevice } from "./check.js";
import { wait } from "./waiting.js";

const form = document.getElementById("waiting");

if (form) wait(form, document.getElementById("countdown"));
checkDevice(document.getElementById("device-check"));
