// Keys of question pages, by physical key, so that they work under any layout; never while text is composed or typed.
const TEXT = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";

export function place(code) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code);
  if (digit) return Number(digit[1]) - 1;
  const letter = /^Key([A-E])$/.exec(code);
  return letter ? letter[1].charCodeAt(0) - 65 : -1;
}

export function ours(event) {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.defaultPrevented && !event.target.closest?.(TEXT);
}

// `acts`: {choose(i), strike(i), flag(), move(-1 | 1), enter(event)}; each returns whether it did anything.
export function listen(acts) {
  document.addEventListener("keydown", (event) => {
    if (ours(event) && act(event, acts)) event.preventDefault();
  });
}

function act(event, acts) {
  const index = place(event.code);
  if (event.shiftKey) return index >= 0 && Boolean(acts.strike?.(index));
  if (event.code === "ArrowLeft" || event.code === "ArrowRight") return arrow(event, acts);
  if (event.code === "KeyF" && acts.flag) return acts.flag();
  if (event.code === "Enter") return Boolean(acts.enter?.(event));
  return index >= 0 && Boolean(acts.choose?.(index));
}

// Arrows left and right move between questions, also from a radio button: up and down stay with its group.
function arrow(event, acts) {
  return Boolean(acts.move?.(event.code === "ArrowLeft" ? -1 : 1));
}
