// The whole site: "/" goes to search, Escape or a click elsewhere closes an open menu, what was wrong has the focus.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") closeMenus(true);
  if (event.key === "/" && !typing(event.target)) {
    event.preventDefault();
    const field = document.querySelector("input[type=search]");
    if (field) field.focus();
    else document.querySelector("a.find")?.click();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu")) closeMenus(false);
});

function closeMenus(refocus) {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    menu.open = false;
    if (refocus) menu.querySelector("summary").focus();
  }
}

if (document.activeElement === document.body) document.querySelector("[aria-invalid=true]")?.focus();
