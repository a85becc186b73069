// A file takes seconds to be read: says so, and lets nobody send it twice. Without this the pages work the same.
for (const form of document.querySelectorAll("form[data-working]")) {
  form.addEventListener("submit", () => {
    // After the browser has read which button was pressed: a disabled one would not be sent.
    setTimeout(() => working(form, true));
  });
}

// Coming back by the browser's own button shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-working]")) working(form, false);
});

function working(form, busy) {
  form.toggleAttribute("aria-busy", busy);
  for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = busy;
  for (const place of form.querySelectorAll(".working")) place.textContent = busy ? form.dataset.working : "";
}
