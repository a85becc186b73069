// Says what changed in the parts of a page that htmx replaces: a live region that is itself replaced is seldom read out.
const said = document.getElementById("said");
const words = () => [...document.querySelectorAll("[data-say]")].map((one) => one.textContent.trim()).join(" ");
let last = words();

document.body.addEventListener("htmx:afterSettle", () => {
  const now = words();
  if (now === last) return;
  last = said.textContent = now;
});
