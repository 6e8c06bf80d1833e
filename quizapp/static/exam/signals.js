// What the page counts of itself and says so before the start: left, loaded again, a wrong clock. It proves nothing.
//
// signals = { device, left, away, loads, since? }: sums of this browser; `since` is when the page was last left

const MOMENT = 5; // seconds away that are not counted: a glance at a message
const CLOCK_OFF = 60; // seconds; less is not told
const LONGEST = 86400;

const seconds = (since, now) => Math.min(Math.max(0, Math.round((now - since) / 1000)), LONGEST);

/** Return the signals of a browser that tells something for the first time. */
export function fresh(device) {
  return { device, left: 0, away: 0, loads: 0 };
}

/** Note that the page is left, at `now` on the phone's own clock. */
export function gone(signals, now) {
  signals.since = now;
}

/** Note that the page is seen again: a leave counts once it has lasted longer than a moment. */
export function back(signals, now) {
  const away = signals.since ? seconds(signals.since, now) : 0;
  delete signals.since;
  if (away < MOMENT) return;
  signals.left += 1;
  signals.away += away;
}

/** Return what is told to the server; `off` is how many ms the phone's clock is ahead, or null. */
export function told({ device, left, away, loads }, off) {
  const ahead = off === null ? 0 : Math.round(off / 1000);
  const clock = Math.abs(ahead) < CLOCK_OFF ? 0 : Math.round(ahead / 30) * 30;
  return { device, left, away_seconds: away, loads, clock_seconds: Math.min(Math.max(clock, -1e9), 1e9) };
}
