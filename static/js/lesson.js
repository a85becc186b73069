// The lesson page: where one is in the contents, how far one has read, and links to headings.
const lesson = document.querySelector("#lesson");
const headings = [...lesson.querySelectorAll(".prose h2[id], .prose h3[id]")];

// Contents: mark the last heading that has passed the top quarter of the window.
const links = new Map([...document.querySelectorAll(".toc a[href^='#']")].map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
function markHere() {
  const passed = headings.filter((h) => links.has(h.id) && h.getBoundingClientRect().top < innerHeight / 4);
  const here = passed.length ? passed.at(-1).id : "";
  for (const [id, link] of links) {
    if (id === here) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

// Reading: tell the server when ten more percent have come into view, and only ever forwards.
let told = Number(lesson.dataset.percent);
function percentSeen() {
  const box = lesson.querySelector(".prose").getBoundingClientRect();
  return Math.max(0, Math.min(100, Math.round(((innerHeight - box.top) / box.height) * 100)));
}
async function tellReading() {
  const percent = percentSeen();
  if (percent < told + 10 && !(percent >= 95 && told < 95)) return;
  const before = told;
  told = percent;
  const body = new URLSearchParams({ percent, csrfmiddlewaretoken: lesson.querySelector("[name=csrfmiddlewaretoken]").value });
  try {
    const reply = await fetch(lesson.dataset.readUrl, { method: "POST", body, keepalive: true });
    if (!reply.ok) told = before;
  } catch {
    told = before; // offline: told again at the next scroll
  }
}

let waiting = 0;
addEventListener("scroll", () => {
  markHere();
  clearTimeout(waiting);
  waiting = setTimeout(tellReading, 600);
}, { passive: true });
markHere();

// Headings: a button that copies the link.
for (const heading of headings) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "#";
  button.setAttribute("aria-label", `${lesson.dataset.copy}: ${heading.textContent}`);
  button.addEventListener("click", async () => {
    const url = new URL(location.href);
    url.search = "";
    url.hash = heading.id;
    history.replaceState(null, "", url);
    try {
      await navigator.clipboard.writeText(url.href);
      button.textContent = `✓ ${lesson.dataset.copied}`;
      setTimeout(() => { button.textContent = "#"; }, 2000);
    } catch {
      // No clipboard here: the address bar holds the link.
    }
  });
  heading.append(button);
}
