// Putting steps in order: numbers, arrows and, with a mouse, dragging. The numbers are what is sent; the rest sets them.
const lists = (root) => root.querySelectorAll("[data-order]");
const steps = (list) => [...list.querySelectorAll(".step")];
const number = (step) => step.querySelector("select");

export function order(root) {
  for (const list of lists(root)) {
    list.classList.add("live");
    const keep = root.querySelector("[data-order-keep]");
    keep?.closest("p").classList.toggle("needed", steps(list).some((step) => !number(step).value));
    keep?.addEventListener("click", () => settle(list));
    list.addEventListener("change", (event) => placed(list, event));
    list.addEventListener("click", (event) => moved(list, event));
    for (const step of steps(list)) draggable(list, step);
  }
}

// Write the places into the numbers and let the form know.
function settle(list, step) {
  steps(list).forEach((one, i) => {
    number(one).value = String(i + 1);
  });
  list.parentElement.querySelector("[data-order-keep]")?.closest("p").classList.remove("needed");
  if (step) say(list, step);
  list.dispatchEvent(new CustomEvent("ordered", { bubbles: true }));
}

function say(list, step) {
  const words = list.dataset.said.replace("%(place)s", number(step).value).replace("%(of)s", steps(list).length);
  list.parentElement.querySelector("[data-order-said]").textContent = words;
}

function place(list, step, index) {
  const others = steps(list).filter((one) => one !== step);
  list.insertBefore(step, others[index] ?? null);
}

function placed(list, event) {
  event.stopPropagation(); // the form hears "ordered" instead, when the places are whole
  const step = event.target.closest(".step");
  if (!event.target.value) event.target.value = String(steps(list).indexOf(step) + 1);
  place(list, step, Number(event.target.value) - 1);
  settle(list, step);
  event.target.focus();
}

function moved(list, event) {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const step = button.closest(".step");
  const index = steps(list).indexOf(step) + Number(button.dataset.move);
  if (index >= 0 && index < steps(list).length) place(list, step, index);
  settle(list, step);
  button.focus();
}

function draggable(list, step) {
  step.draggable = true;
  step.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", step.dataset.token);
    step.classList.add("dragged");
  });
  step.addEventListener("dragend", () => {
    step.classList.remove("dragged");
    settle(list, step);
  });
  step.addEventListener("dragover", (event) => {
    const held = list.querySelector(".dragged");
    if (!held) return;
    event.preventDefault();
    if (held === step) return;
    const below = event.clientY > step.getBoundingClientRect().top + step.offsetHeight / 2;
    list.insertBefore(held, below ? step.nextSibling : step);
  });
}
