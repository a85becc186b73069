// The builder's pages. Nothing here is needed to build: cards can also be dragged, Ctrl+Z presses the undo button, a
// report's link can be copied, and a change that did not reach the server is said.
import { IDLE, dropped, fieldOf, fits, moved, pressed } from "./palette.js";
import { inTurn } from "./turns.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).value);
    button.textContent = button.dataset.copied;
  });
}

const trouble = document.getElementById("trouble");
const show = (failed) => { if (trouble) trouble.hidden = !failed; };
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.body.addEventListener(name, () => show(true));
document.body.addEventListener("htmx:afterSwap", () => show(false));

// By the physical key, so that it works in a Korean keyboard layout too.
document.addEventListener("keydown", (event) => {
  if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  if (event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) return;
  const button = document.getElementById(event.shiftKey ? "redo" : "undo");
  if (!button) return;
  event.preventDefault();
  button.click();
});

let state = IDLE;
let ghost = null;

const partsUnder = (x, y) => document.elementsFromPoint(x, y).map((one) => one.closest("a.dp")).filter(Boolean);
const placeOf = (part) => fieldOf(part.getAttribute("href").slice(1));

function cardOf(pick) {
  const input = pick.querySelector("input");
  return { ...fieldOf(input.closest("fieldset").id), value: input.value };
}

function draw(pick, x, y) {
  if (!ghost) {
    ghost = document.createElement("div");
    ghost.className = "ghost";
    ghost.textContent = pick.querySelector("span").firstChild.textContent;
    document.body.append(ghost);
    document.documentElement.classList.add("dragging");
    for (const part of document.querySelectorAll("a.dp")) part.classList.toggle("fits", fits(state.card, placeOf(part)));
  }
  ghost.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
  const over = state.over && partsUnder(x, y).find((part) => fits(state.card, placeOf(part)));
  for (const part of document.querySelectorAll("a.dp.over")) if (part !== over) part.classList.remove("over");
  over?.classList.add("over");
}

function clear() {
  state = IDLE;
  ghost?.remove();
  ghost = null;
  document.documentElement.classList.remove("dragging");
  for (const part of document.querySelectorAll("a.dp.fits, a.dp.over")) part.classList.remove("fits", "over");
}

// A drop presses the control that the form has for it, so the form posts as it does for a click.
function choose({ name, value }) {
  const inputs = document.querySelectorAll(`input[name="${name}"]`);
  const input = [...inputs].find((one) => one.value === value);
  if (input && !input.checked) input.click();
}

function start(event) {
  const pick = event.target.closest?.(".controls .pick");
  if (!pick || event.pointerType !== "mouse" || event.button !== 0) return;
  state = pressed(cardOf(pick), event.clientX, event.clientY);
  const watch = new AbortController();
  const on = (name, act) => document.addEventListener(name, act, { signal: watch.signal });
  const end = () => { watch.abort(); clear(); };
  on("pointermove", (move) => {
    state = moved(state, move.clientX, move.clientY, partsUnder(move.clientX, move.clientY).map(placeOf));
    if (state.phase === "dragging") draw(pick, move.clientX, move.clientY);
  });
  on("pointerup", () => {
    const chosen = dropped(state);
    end();
    if (chosen) choose(chosen);
  });
  on("pointercancel", end);
  on("keydown", (key) => { if (key.key === "Escape") end(); });
}

if (document.getElementById("workbench")) {
  inTurn(document.querySelector(".bench"));
  document.addEventListener("pointerdown", start);
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".pick, a.dp")) event.preventDefault(); });
}
