// Keys of the question page, by physical key, never while text is composed or typed; and what to say when saving fails.
const form = () => document.querySelector("form[data-keys]");
const typing = (target) => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function place(code) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit) return Number(digit[1]) - 1;
  const letter = /^Key([A-I])$/.exec(code);
  return letter ? letter[1].charCodeAt(0) - 65 : -1;
}

function choose(index) {
  const option = form()?.querySelectorAll("input[name=option]")[index];
  if (!option) return false;
  option.focus();
  option.click();
  return true;
}

function follow(selector) {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
}

function act(event) {
  if (event.code === "ArrowLeft") return follow(".quiz-ways [rel=prev]");
  if (event.code === "ArrowRight") return follow(".quiz-ways [rel=next], .quiz-ways [data-key=next]");
  // On the marked question the verdict has the focus: Enter goes on.
  if (event.key === "Enter") return event.target.closest("a, button, summary, input") ? false : follow("[data-key=next]");
  return choose(place(event.code));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (typing(event.target)) return;
  // Arrows inside a group of radio buttons belong to the group.
  if (event.code.startsWith("Arrow") && event.target.matches("input[type=radio]")) return;
  if (act(event)) event.preventDefault();
});

function tell(failed) {
  const note = document.getElementById("unsaved");
  if (note) note.hidden = !failed;
}
document.addEventListener("htmx:sendError", () => tell(true));
document.addEventListener("htmx:responseError", () => tell(true));
document.addEventListener("htmx:timeout", () => tell(true));
document.addEventListener("htmx:afterSwap", () => tell(false));
