// The answer form as fields and back, and the line that says whether it is saved. Knows the page, not the network.
export const form = () => document.getElementById("answer");
export const options = () => [...(form()?.querySelectorAll("input[name=option]") ?? [])];

const isAnswer = (name) => name === "option" || name.startsWith("place-");

export function fields() {
  return [...new FormData(form())].filter(([name]) => isAnswer(name)).map(([name, value]) => [name, String(value)]);
}

// Put an answer that was not sent yet back into the form.
export function fill(saved) {
  const selects = [...form().querySelectorAll("select[name=option]")];
  const chosen = saved.filter(([name]) => name === "option").map(([, value]) => value);
  for (const option of options()) option.checked = chosen.includes(option.value);
  selects.forEach((select, i) => {
    select.value = chosen[i] ?? "";
  });
  const places = saved.filter(([name, value]) => name.startsWith("place-") && value);
  places.sort((a, b) => Number(a[1]) - Number(b[1]));
  for (const [name, value] of places) {
    const step = form().querySelector(`select[name="${CSS.escape(name)}"]`);
    if (!step) continue;
    step.value = value;
    step.closest("ol").append(step.closest("li"));
  }
}

export function answered(saved = fields()) {
  return saved.some(([, value]) => value !== "");
}

// "2 of 2 chosen" for multiple response.
export function count() {
  const line = document.querySelector("[data-count]");
  if (line) line.textContent = String(options().filter((one) => one.checked).length);
}

const LONG = 4000; // ms of saving after which the page says that nothing is saved yet
let late = null;

export function say(state, detail = {}) {
  const line = document.getElementById("saved");
  if (!line) return;
  clearTimeout(late);
  if (state === "saving") late = setTimeout(() => say("slow"), LONG);
  line.dataset.state = state;
  const words = line.dataset[state] ?? "";
  line.querySelector("[data-words]").textContent = words.replace("%(time)s", detail.saved ?? "").replace("%(seconds)s", detail.seconds ?? "");
  line.querySelector(".sign-in").hidden = state !== "gone";
}
