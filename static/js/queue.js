// Answers that wait to be sent, as data. No DOM, no network, no clock: exam.js and save.js bring those.
//
// An entry is one act: {operation, number, path, base, fields, at, tried}. `path` is "answer", or "note" for what is no
// answer (flag, strikes, confidence). `base` is the revision an answer was made upon, as this page knew it: it only ever
// moves on when an earlier entry of the same question is acknowledged, so an answer given elsewhere is never overwritten
// unseen. `tried`: it was sent, so the server may have it, though no reply came.

export const PREFIX = "naru:";
const FIRST = 1000;
const MOST = 15000;

export function emptyQueue() {
  return { entries: [], revisions: {}, sending: null };
}

// Put an answer in. One that waits for the same question and cannot be with the server yet is replaced: only the last
// counts. One that may be there is sent again first, as the same act, and what is put in now goes on from it.
export function put(queue, entry) {
  const replaced = replacedBy(queue, entry);
  const earlier = queue.entries.findLast((one) => isLike(one, entry));
  const kept = queue.entries.filter((one) => one !== replaced);
  return { ...queue, entries: [...kept, { ...entry, base: earlier?.base ?? queue.revisions[entry.number] ?? 0 }] };
}

export function replacedBy(queue, entry) {
  const unsent = (one) => (!one.tried || one.torn) && one.operation !== queue.sending;
  return queue.entries.find((one) => isLike(one, entry) && unsent(one)) ?? null;
}

const isLike = (one, entry) => one.number === entry.number && one.path === entry.path;

// Bring back what was kept by an earlier page; what is here already stays as it is.
export function restore(queue, entries) {
  const known = new Set(queue.entries.map((one) => one.operation));
  const back = entries.filter((one) => !known.has(one.operation));
  return { ...queue, entries: [...queue.entries, ...back].sort((a, b) => a.at - b.at) };
}

// The entry to send next: the oldest that is not waiting for the learner to choose between two answers.
export function next(queue) {
  return queue.entries.find((one) => !one.torn) ?? null;
}

export function sending(queue, operation) {
  const entries = queue.entries.map((one) => (one.operation === operation ? { ...one, tried: true } : one));
  return { ...queue, entries, sending: operation };
}

// An entry arrived and is revision `revision` now: what was made upon the same base goes on from there.
export function arrived(queue, operation, revision) {
  const done = queue.entries.find((one) => one.operation === operation);
  if (!done) return { ...queue, sending: null };
  const entries = queue.entries
    .filter((one) => one !== done)
    .map((one) => (one.number === done.number && one.base === done.base ? { ...one, base: revision } : one));
  return { ...queue, entries, sending: null, revisions: { ...queue.revisions, [done.number]: revision } };
}

// An entry met another answer: it waits for the learner's choice.
export function torn(queue, operation) {
  const entries = queue.entries.map((one) => (one.operation === operation ? { ...one, torn: true } : one));
  return { ...queue, entries, sending: null };
}

export function drop(queue, operation) {
  return { ...queue, entries: queue.entries.filter((one) => one.operation !== operation), sending: null };
}

// Not before the revision is seen on a page may an answer be made upon it.
export function seen(queue, number, revision) {
  if ((queue.revisions[number] ?? 0) >= revision) return queue;
  return { ...queue, revisions: { ...queue.revisions, [number]: revision } };
}

export function waitingFor(queue, number, path = "answer") {
  return queue.entries.findLast((one) => one.number === number && one.path === path) ?? null;
}

// 1, 2, 4, 8, then 15 s, each between half and all of it, so that a class does not come back in step.
export function pause(tries, chance) {
  const whole = Math.min(MOST, FIRST * 2 ** Math.max(0, tries - 1));
  return Math.round(whole * (0.5 + chance / 2));
}

export function keyOf(attempt, operation) {
  return `${PREFIX}${attempt}:${operation}`;
}

// The entries of `attempt` among what a Storage holds; what cannot be read is left alone. Whether the page that kept
// them had sent them is not known: as if it had.
export function stored(storage, attempt) {
  const found = [];
  for (let i = 0; i < storage.length; i += 1) {
    const key = storage.key(i);
    if (!key?.startsWith(`${PREFIX}${attempt}:`)) continue;
    try {
      const entry = JSON.parse(storage.getItem(key));
      if (entry && Number.isInteger(entry.number) && Array.isArray(entry.fields)) found.push({ ...entry, torn: false, tried: true });
    } catch {
      // Not ours, or cut off: nothing to send.
    }
  }
  return found.sort((a, b) => a.at - b.at);
}
