// The exam page: answers go out as they are chosen, the clock is the server's, and moving on needs no new page.
import { clockFace, emptyClock, heard, left, toSay } from "./clock.js";
import { asLeft, keep, page, remember } from "./exam-pages.js";
import { answered, count, fields, fill, form, options, say } from "./quiz-form.js";
import { listen } from "./quiz-keys.js";
import { order } from "./quiz-order.js";
import { waitingFor } from "./queue.js";
import { Sender } from "./queue-sender.js";

const exam = document.getElementById("exam");
const words = exam.dataset;
const here = () => document.getElementById("take-exam");
const number = () => Number(here().dataset.number);
const $ = (selector) => document.querySelector(selector);

let clock = heard(emptyClock(), { now: Number(words.now), deadline: Number(words.deadline) }, performance.now(), performance.now());
let before = Infinity;
let ended = false;
const elsewhere = new Map(); // what is said of a question that was answered elsewhere as well, by its number
let shownAt = performance.now();
let away = document.hidden; // not document.hidden itself: that is true before the time until then is counted

const sender = new Sender({
  attempt: words.attempt,
  address: words.address,
  token: form()?.elements.csrfmiddlewaretoken?.value ?? "",
  page: { state, clock: tick, torn, over },
});

// --- what the sender says

function state(name, detail) {
  const isTorn = sender.queue.entries.some((one) => one.torn && one.number === number());
  say(name === "saved" && isTorn ? "torn" : name, detail);
  if (name === "offline") note(words.away);
  else noteTorn();
}

// As long as a choice is due at another question, the way there stays on the page.
function noteTorn() {
  const one = sender.queue.entries.find((entry) => entry.torn && entry.number !== number());
  const said = one && elsewhere.get(one.number);
  note(said?.words ?? "", said?.url);
}

function tick(said, sent, got) {
  if (said.over) return over();
  if (clock.deadline !== null && said.deadline > clock.deadline + 1000) $("#exam-said").textContent = words.more;
  clock = heard(clock, said, sent, got);
  if (left(clock, performance.now()) > 0) reopen();
  // Newer than what was shown or saved from here: data-revision knows nothing of the latter.
  const newer = (said.revisions?.[number()] ?? 0) > (sender.queue.revisions[number()] ?? 0);
  if (newer && !waitingFor(sender.queue, number())) go(here().dataset.url, false);
  return undefined;
}

// The same question was answered elsewhere: both answers are shown, and nothing is sent until one is chosen.
function torn(at, said) {
  elsewhere.set(at, said);
  say("torn");
  if (at !== number()) return noteTorn();
  const box = document.getElementById("take-conflict");
  box.outerHTML = said.html;
  document.getElementById("take-conflict").focus();
  return undefined;
}

// What still waits goes out first, to be kept as late: at once, not after the pause, and only for as long as it may take.
async function over() {
  if (ended) return;
  ended = true;
  sender.now();
  await sender.settled();
  window.location.replace(words.result);
}

function note(text, url = "") {
  const line = document.getElementById("exam-note");
  line.hidden = !text;
  line.textContent = text;
  if (!url) return;
  const link = Object.assign(document.createElement("a"), { href: url, textContent: "→" });
  line.append(" ", link);
}

// --- answering

function changed() {
  if (ended) return;
  const given = fields();
  sender.put(number(), "answer", given);
  count();
  paint();
}

function noted(change) {
  const data = here().dataset;
  const confidence = form().querySelector("input[name=confidence]:checked")?.value ?? "";
  const struck = [...form().querySelectorAll(".struck input")].map((input) => ["struck", input.value]);
  const flagged = $(".flag").getAttribute("aria-pressed") === "true" ? "1" : "0";
  data.seconds = String(Number(data.seconds) + spent());
  sender.put(number(), "note", [["flagged", flagged], ["confidence", confidence], ["seconds", data.seconds], ["strikes", "1"], ...struck]);
  if (change) paint();
}

// Seconds nobody counted yet. What rounding leaves over is counted next time.
function spent() {
  const since = away ? 0 : Math.max(0, Math.round((performance.now() - shownAt) / 1000));
  shownAt += since * 1000;
  return since;
}

function strike(button) {
  const row = button.closest("[data-option]");
  const out = row.classList.toggle("struck");
  button.setAttribute("aria-pressed", String(out));
  noted(true);
  return true;
}

function flag() {
  flagged($(".flag").getAttribute("aria-pressed") !== "true");
  noted(true);
  return true;
}

function flagged(on) {
  const button = $(".flag");
  button.setAttribute("aria-pressed", String(on));
  button.value = on ? "0" : "1";
}

// A note that waits goes back onto the page that came without it: the next note tells all there is on the page.
function noteBack(saved) {
  const all = (name) => saved.filter(([one]) => one === name).map(([, value]) => value);
  flagged(all("flagged").includes("1"));
  for (const one of form().querySelectorAll("input[name=confidence]")) one.checked = all("confidence").includes(one.value);
  for (const row of form().querySelectorAll("[data-option]")) {
    const out = row.classList.toggle("struck", all("struck").includes(row.querySelector("input").value));
    row.querySelector(".strike").setAttribute("aria-pressed", String(out));
  }
  here().dataset.seconds = String(Math.max(Number(here().dataset.seconds), ...all("seconds").map(Number)));
}

// The overview says at once what was just done; the server says the rest when the next page comes.
function paint() {
  const stop = $(`.stops button[value="${number()}"]`);
  const list = stop.closest("ol");
  stop.classList.toggle("answered", answered());
  stop.classList.toggle("flagged", $(".flag").getAttribute("aria-pressed") === "true");
  const done = stop.classList.contains("answered") ? list.dataset.answered : list.dataset.open;
  stop.querySelector("span").textContent = ` ${done}${stop.classList.contains("flagged") ? `, ${list.dataset.flagged}` : ""}`;
  const of = list.children.length;
  const n = list.querySelectorAll(".answered").length;
  for (const [name, value] of Object.entries({ answered: n, flagged: list.querySelectorAll(".flagged").length, left: of - n })) {
    for (const place of document.querySelectorAll(`[data-n=${name}]`)) place.textContent = String(value);
  }
  document.getElementById("exam-progress").value = n;
}

// --- moving

async function go(url, push = true) {
  if (push || performance.now() - shownAt >= 1000) noted(false);
  await sender.settled(1500);
  const html = await page(url, over);
  if (ended) return undefined;
  if (html === null) return note(words.away);
  keep(here().dataset.url, asLeft(here()));
  here().outerHTML = html;
  keep(url, html);
  if (push) window.history.pushState({}, "", url);
  return arrive(push);
}

function arrive(focus) {
  const data = here().dataset;
  shownAt = performance.now();
  document.title = data.title;
  document.querySelector(".exam-map").open = window.matchMedia("(min-width: 56.01rem)").matches;
  sender.seen(number(), Number(data.revision));
  const waiting = waitingFor(sender.queue, number());
  if (waiting) fill(waiting.fields);
  const told = waitingFor(sender.queue, number(), "note");
  if (told) noteBack(told.fields);
  order(here());
  count();
  paint();
  if (focus) {
    window.scrollTo(0, 0);
    document.getElementById("stem").focus({ preventScroll: true });
  }
  if (waiting?.torn) sender.retry(number());
}

async function leave(url) {
  noted(false);
  await sender.settled(4000);
  window.location.assign(url);
}

function clicked(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.matches("[data-go]")) {
    event.preventDefault();
    if (button.value === "check") leave(button.dataset.go);
    else go(button.dataset.go);
  } else if (button.matches(".strike")) {
    event.preventDefault();
    strike(button);
  } else if (button.matches(".flag")) {
    event.preventDefault();
    flag();
  } else if (button.matches("[data-conflict]")) {
    sender.abandon(number());
  }
}

document.addEventListener("click", clicked);
document.addEventListener("ordered", changed);
document.addEventListener("change", (event) => {
  if (event.target.name === "confidence") noted(false);
  else if (form()?.contains(event.target)) changed();
});
window.addEventListener("popstate", () => go(window.location.pathname, false));
listen({
  choose: (i) => options()[i] && (options()[i].focus(), options()[i].click(), true),
  strike: (i) => $(`[data-option]:nth-of-type(${i + 1}) .strike`) && strike(document.querySelectorAll(".strike")[i]),
  flag,
  move: (way) => {
    const button = $(`[data-way=${way < 0 ? "prev" : "next"}]`);
    button?.click();
    return Boolean(button);
  },
});

// --- the clock

function show() {
  const rest = left(clock, performance.now());
  $("[data-clock]").textContent = clockFace(rest);
  const minutes = toSay(before, rest);
  if (minutes) $("#exam-said").textContent = words.left.replace("%(minutes)s", minutes);
  before = rest;
  $(".clock").classList.toggle("short", rest < 300000);
  if (rest <= 0 && !ended) end(rest);
}

// Time is up: nothing more can be chosen, what waits is sent, and after the grace the result comes.
function end(rest) {
  for (const set of form()?.querySelectorAll("fieldset") ?? []) set.disabled = true;
  const seconds = Math.max(0, Math.ceil(Number(words.grace) + 1 + rest / 1000));
  if (!sender.idle && seconds === 0) return offer();
  note(seconds ? `${words.up} (${seconds})` : words.up);
  if (seconds === 0) sender.pulse().catch(() => {});
  return undefined;
}

function reopen() {
  for (const set of form()?.querySelectorAll("fieldset:disabled") ?? []) set.disabled = false;
}

// Past the end without a connection: the answers are kept here, and can be taken along as a file.
function offer() {
  if (document.getElementById("kept-answers")) return;
  note(words.kept);
  const file = new Blob([JSON.stringify(sender.queue.entries, null, 1)], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { id: "kept-answers", textContent: words.file });
  link.href = URL.createObjectURL(file);
  link.download = `${words.attempt}.json`;
  document.getElementById("exam-note").append(" ", link);
}

const again = () => {
  sender.pulse().then((reply) => reply.status === 401 && say("gone"), () => state("offline", { seconds: "" }));
  sender.now();
};
const hidden = () => {
  noted(false);
  away = true;
};
const back = () => {
  away = false;
  shownAt = performance.now();
  again();
};
document.addEventListener("visibilitychange", () => (document.hidden ? hidden() : back()));
window.addEventListener("pageshow", (event) => event.persisted && back());
window.addEventListener("online", again);
window.addEventListener("offline", () => state("offline", { seconds: "" }));
setInterval(show, 250);
setInterval(() => document.hidden || sender.pulse().catch(() => {}), 60000);

arrive(false);
sender.now();
show();
remember([...document.querySelectorAll(".stops button")].map((stop) => stop.dataset.go));
