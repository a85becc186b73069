// How much time is left, by the server's clock. No DOM. Times are milliseconds; `mono` is performance.now(), which no
// change of the device's clock or zone moves.

export function emptyClock() {
  return { offset: null, deadline: null, trip: Infinity };
}

// A reply says the server's time `now`; it was asked for at `sent` and came at `got` (mono). The quicker the round trip,
// the better it is known, so a slow one only counts when it tells something new: a jump, as after sleep.
export function heard(clock, { now, deadline }, sent, got) {
  const trip = got - sent;
  const offset = now + trip / 2 - got;
  const better = clock.offset === null || trip <= clock.trip || Math.abs(offset - clock.offset) > trip + 1000;
  return { deadline: deadline ?? clock.deadline, ...(better ? { offset, trip } : { offset: clock.offset, trip: clock.trip + 1 }) };
}

export function left(clock, mono) {
  if (clock.offset === null || clock.deadline === null) return null;
  return clock.deadline - (mono + clock.offset);
}

export function clockFace(milliseconds) {
  const all = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60), all % 60];
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}

// The minutes to announce when time runs from `before` to `now`: 10, 5 or 1, the smallest one passed, else null.
export function toSay(before, now, marks = [1, 5, 10]) {
  return marks.find((minutes) => before > minutes * 60000 && now <= minutes * 60000 && now > 0) ?? null;
}
