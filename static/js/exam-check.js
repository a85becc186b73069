// The page before handing in: the clock goes on, and what waits to be sent goes out before anything is handed in.
import { clockFace, emptyClock, heard, left } from "./clock.js";
import { Sender } from "./queue-sender.js";

const line = document.getElementById("check-clock");
const waiting = document.getElementById("check-waiting");
const form = document.querySelector("form[action$='/finish/']");

function start(words) {
  const mono = performance.now();
  let clock = heard(emptyClock(), { now: Number(words.now), deadline: Number(words.deadline) }, mono, mono);
  let ended = false;
  const over = async () => {
    if (ended) return;
    ended = true;
    sender.now(); // what still waits goes out first, to be kept as late
    await sender.settled();
    window.location.replace(words.result);
  };
  const sender = new Sender({
    attempt: words.attempt,
    address: words.address,
    token: form.elements.csrfmiddlewaretoken.value,
    page: {
      state: (name) => {
        waiting.hidden = name === "saved";
      },
      clock: (said, sent, got) => {
        clock = heard(clock, said, sent, got);
        if (said.over) over();
      },
      torn: (number, said) => window.location.assign(said.url),
      over,
    },
  });
  const again = () => {
    sender.pulse().catch(() => {});
    sender.now();
  };
  form.addEventListener("submit", async (event) => {
    if (sender.idle) return;
    event.preventDefault();
    await sender.settled();
    if (sender.idle) form.submit();
  });
  document.addEventListener("visibilitychange", () => document.hidden || again());
  window.addEventListener("online", again);
  window.addEventListener("pageshow", (event) => event.persisted && again());
  sender.now();
  setInterval(() => {
    const rest = left(clock, performance.now());
    line.querySelector("[data-clock]").textContent = clockFace(rest);
    if (rest < -1000 * (Number(words.grace) + 1)) again();
  }, 1000);
}

if (line) start(line.dataset);
