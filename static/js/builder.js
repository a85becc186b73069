// The builder's pages: copy a report's link; say so when a change did not reach the server. Neither is needed to build.
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
