// The server's time as the phone can know it. The phone's own date decides nothing while a server's word is at hand.

const JUMP = 2000; // ms by which the two local clocks may part before it counts as sleep or a changed date

/**
 * Return a clock. `steady` never jumps but may stand still while the phone sleeps; `wall` goes on but can be changed.
 * Both are functions giving milliseconds, so that a test can play them.
 */
export function openClock(steady = () => performance.now(), wall = () => Date.now()) {
  let offset = null; // server time minus steady
  let margin = Infinity; // how wrong offset can be
  let parted = 0; // wall minus steady when last looked at
  let sure = false;

  function note() {
    parted = wall() - steady();
  }

  return {
    /** Whether a server's word stands behind now(); else it is a guess. */
    get sure() { return sure; },

    /** Take in that the server said `server` ms in an exchange lasting from `sent` to `heard` (steady ms). */
    sample(server, sent, heard) {
      const half = (heard - sent) / 2;
      const found = server + half - heard;
      if (!sure || half <= margin || Math.abs(found - offset) > half + margin) {
        offset = found;
        margin = half;
      }
      if (!sure) note();
      sure = true;
    },

    /** Start from what an earlier page kept: it was `server` when this phone's date was `date`. */
    guess({ server, wall: date }) {
      if (offset !== null) return;
      offset = server + (wall() - date) - steady();
      note();
    },

    /** What a later page may guess from. */
    keepsake() {
      return { server: this.now(), wall: wall() };
    },

    /** Look for a sleep or a changed date since the last look; return whether the server must be asked again. */
    slipped() {
      const jump = wall() - steady() - parted;
      if (offset === null || Math.abs(jump) < JUMP) return false;
      note();
      // After a sleep the date is right and the steady clock behind. A date put back tells nothing.
      if (jump > 0) offset += jump;
      sure = false;
      margin = Infinity;
      return true;
    },

    /** The server's time in ms, or null where nothing is known yet. */
    now() {
      return offset === null ? null : steady() + offset;
    },
  };
}

/** Return the minutes (10, 5 or 1) to warn of with `left` ms to go, or null; `warned` is the last warning given. */
export function warning(left, warned) {
  if (left <= 0) return null;
  const due = [1, 5, 10].find((minutes) => left <= minutes * 60000);
  return due && (warned === null || due < warned) ? due : null;
}

/** Return `left` ms as 38:05 or 1:05:09; never below 0:00. */
export function countdown(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
