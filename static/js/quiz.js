// The practice question: answers go out as they are chosen and wait here when they cannot; keys choose, check, go on.
import { count, fields, fill, form, options, say } from "./quiz-form.js";
import { listen } from "./quiz-keys.js";
import { order } from "./quiz-order.js";
import { waitingFor } from "./queue.js";
import { Sender } from "./queue-sender.js";

const here = () => document.querySelector(".take[data-attempt]");
const number = () => Number(here().dataset.number);
const follow = (selector) => {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
};

let sender = null;

function torn(at, said) {
  say("torn");
  if (at !== number()) return;
  document.getElementById("take-conflict").outerHTML = said.html;
  document.getElementById("take-conflict").focus();
}

function begin() {
  if (!form()) return;
  const data = here().dataset;
  sender ??= new Sender({
    attempt: data.attempt,
    address: data.address,
    token: form().elements.csrfmiddlewaretoken.value,
    page: { state: say, clock: () => {}, torn, over: () => window.location.reload() },
  });
  sender.seen(number(), Number(data.revision));
  const waiting = waitingFor(sender.queue, number());
  if (waiting) fill(waiting.fields);
  order(here());
  count();
  sender.now();
}

function changed() {
  if (!form()) return;
  sender.put(number(), "answer", fields());
  count();
}

document.addEventListener("ordered", changed);
// How sure one is goes along when the answer is marked: alone it is no answer.
document.addEventListener("change", (event) => form()?.contains(event.target) && event.target.name !== "confidence" && changed());
document.addEventListener("click", (event) => event.target.closest("[data-conflict]") && sender?.abandon(number()));
for (const name of ["online", "pageshow"]) window.addEventListener(name, () => sender?.now());
document.addEventListener("visibilitychange", () => document.hidden || sender?.now());

// Marking waits until what was chosen has arrived, and is made upon that.
document.addEventListener("htmx:confirm", (event) => {
  if (!event.target.matches?.("[data-mark]") || !sender || sender.idle) return;
  event.preventDefault();
  sender.settled().then(() => event.detail.issueRequest(true));
});
document.addEventListener("htmx:configRequest", (event) => {
  if (!event.target.matches?.("[data-mark]") || !sender) return;
  event.detail.parameters.revision = String(sender.queue.revisions[number()] ?? 0);
  event.detail.parameters.csrfmiddlewaretoken = sender.token;
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, () => say("offline", { seconds: "" }));
}
document.addEventListener("htmx:afterSettle", begin);

listen({
  choose: (i) => options()[i] && (options()[i].focus(), options()[i].click(), true),
  move: (way) => follow(way < 0 ? ".quiz-ways [rel=prev]" : ".quiz-ways [rel=next], .quiz-ways [data-key=next]"),
  // On the marked question the verdict has the focus: Enter goes on.
  enter: (event) => !event.target.closest("a, button, summary, input") && follow("[data-key=next]"),
});

begin();
