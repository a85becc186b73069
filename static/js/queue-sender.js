// Sends what the queue holds: one act at a time, kept in localStorage until the server has it. The words are the page's.
import * as queue from "./queue.js";

const PATIENCE = 10000; // ms until an answer that does not come counts as lost; sending it again is harmless

export class Sender {
  // `page` hears: state(name, detail), clock(reply, sent, got), torn(number, html), over(url).
  constructor({ attempt, address, token, page, storage = window.localStorage }) {
    Object.assign(this, { attempt, address, token, page, storage });
    this.queue = queue.restore(queue.emptyQueue(), queue.stored(storage, attempt)); // what an earlier page left
    this.tries = 0;
    this.timer = null;
    this.waiting = [];
  }

  seen(number, revision) {
    this.queue = queue.seen(this.queue, number, revision);
  }

  put(number, path, fields) {
    const entry = { operation: newName(), number, path, fields, at: Date.now() };
    const replaced = queue.replacedBy(this.queue, entry);
    this.queue = queue.put(this.queue, entry);
    this.#keep(this.queue.entries.at(-1));
    if (replaced) this.#forget(replaced.operation);
    this.now();
  }

  // Try at once: something was added, or the network may be back.
  now() {
    clearTimeout(this.timer);
    this.timer = null;
    this.#pump();
  }

  get idle() {
    return queue.next(this.queue) === null;
  }

  // Resolves when nothing is left to send, or after `most` ms.
  settled(most = PATIENCE) {
    if (this.idle) return Promise.resolve();
    return new Promise((done) => {
      this.waiting.push(done);
      setTimeout(done, most);
    });
  }

  // Send again what waits for a choice: the answer shows both anew.
  retry(number) {
    const entries = this.queue.entries.map((one) => (one.number === number ? { ...one, torn: false } : one));
    this.queue = { ...this.queue, entries };
    this.now();
  }

  abandon(number) {
    for (const one of this.queue.entries.filter((entry) => entry.number === number && entry.path === "answer")) {
      this.queue = queue.drop(this.queue, one.operation);
      this.#forget(one.operation);
    }
  }

  // Ask how things stand: the time, and a token that is good now.
  async pulse() {
    const sent = performance.now();
    const reply = await this.#fetch("pulse/", { headers: { Accept: "application/json" } });
    if (reply.ok && isJson(reply)) {
      const said = await reply.json();
      this.token = said.csrf;
      this.page.clock(said, sent, performance.now());
    }
    return reply;
  }

  async #pump() {
    const entry = queue.next(this.queue);
    if (this.queue.sending || this.timer) return;
    if (!entry) {
      for (const done of this.waiting.splice(0)) done();
      return;
    }
    this.queue = queue.sending(this.queue, entry.operation);
    this.page.state("saving");
    const sent = performance.now();
    try {
      await this.#answered(entry, await this.#post(entry), sent);
    } catch {
      this.#again("offline");
    }
    if (!this.timer) this.#pump();
  }

  #post(entry) {
    const body = new URLSearchParams([
      ...entry.fields,
      ["operation", entry.operation],
      ["revision", String(entry.base)],
      ["claimed", String(entry.at)],
    ]);
    const headers = { Accept: "application/json", "X-CSRFToken": this.token };
    return this.#fetch(`${entry.number}/${entry.path}/`, { method: "POST", body, headers, keepalive: true });
  }

  #fetch(path, options) {
    return fetch(this.address + path, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
      ...options,
    });
  }

  async #answered(entry, reply, sent) {
    if (reply.status === 200 && isJson(reply)) return this.#arrived(entry, await reply.json(), sent);
    if (reply.status === 409) return this.#refused(entry, await reply.json());
    if (reply.status === 422) return this.#unfit(entry, await reply.json());
    if (reply.status === 403 && !this.renewed) return this.#renew();
    if ([401, 403, 404].includes(reply.status)) return this.#again("gone");
    return this.#again("offline");
  }

  #arrived(entry, said, sent) {
    this.page.clock(said, sent, performance.now());
    const next = "revision" in said ? queue.arrived(this.queue, entry.operation, said.revision) : queue.drop(this.queue, entry.operation);
    this.#done(next, entry);
    for (const one of this.queue.entries) this.#keep(one);
    if (this.idle) this.page.state("saved", said);
  }

  #refused(entry, said) {
    if (said.torn) {
      this.queue = queue.torn(this.queue, entry.operation);
      this.tries = 0;
      this.page.torn(entry.number, said);
      return;
    }
    this.#done(queue.drop(this.queue, entry.operation), entry);
    this.page.over(said);
  }

  #unfit(entry, said) {
    this.#done(queue.drop(this.queue, entry.operation), entry);
    this.page.state("unfit", said);
  }

  // The token was for an earlier sign-in: fetch one that is good now, and send again.
  async #renew() {
    this.renewed = true;
    this.queue = queue.sending(this.queue, null);
    const reply = await this.pulse();
    if (!reply.ok || !isJson(reply)) this.#again("gone");
  }

  #done(next, entry) {
    this.queue = next;
    this.tries = 0;
    this.renewed = false;
    this.#forget(entry.operation);
  }

  #again(why) {
    this.queue = queue.sending(this.queue, null);
    this.renewed = false;
    this.tries += 1;
    const wait = queue.pause(this.tries, Math.random());
    this.page.state(why, { seconds: Math.ceil(wait / 1000) });
    this.timer = setTimeout(() => this.now(), wait);
  }

  #keep(...entries) {
    for (const entry of entries) {
      try {
        this.storage.setItem(queue.keyOf(this.attempt, entry.operation), JSON.stringify(entry));
      } catch {
        // A full or forbidden storage: the queue of this page still holds it.
      }
    }
  }

  #forget(operation) {
    try {
      this.storage.removeItem(queue.keyOf(this.attempt, operation));
    } catch {
      // See #keep.
    }
  }
}

function isJson(reply) {
  return reply.headers.get("Content-Type")?.startsWith("application/json");
}

function newName() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // On plain http off this machine randomUUID is missing; version 4 by hand.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
