// The question editor: says whether it is saved, keeps here what is not, the keys. htmx sends; the server decides.
const form = document.getElementById("editor");
const areas = [...form.querySelectorAll("textarea")];
const line = document.getElementById("saved");
const key = `naru.question.${form.dataset.question}`;
const names = ["ko", "en", "topic", "difficulty", "tags"];
const RETRY = 5000; // ms
let dirty = line.dataset.state === "none";
let sent = "";
let last = areas[0];
let renewed = false;
let leaving = false;
let timer = null;

const fields = () => Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
const typed = () => JSON.stringify(fields());
// Publishing writes ids into headings and lays the text out anew: that is no other text.
const bare = (text) => text.replace(/^(#.*?)\s+\^[\w-]+\s*$/gm, "$1").replace(/\s+/g, " ").trim();
const save = () => form.dispatchEvent(new CustomEvent("save-now"));
const pick = (name, value) => {
  for (const one of document.querySelectorAll(`input[name="${name}"][value="${value}"]`)) one.checked = true;
};

function say(state, time = "") {
  line.dataset.state = state;
  line.querySelector("[data-words]").textContent = (line.dataset[state] ?? "").replace("%(time)s", time);
  line.querySelector(".sign-in").hidden = state !== "gone";
}

// --- what is not saved stays in this browser

function keep() {
  try {
    localStorage.setItem(key, JSON.stringify({ ...fields(), base: form.elements.base.value, at: Date.now() }));
  } catch {
    // No room or no storage: the text is still in the page, and the line above says that it is not saved.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function offerKept() {
  const found = kept();
  if (!found) return;
  if (names.every((name) => bare(found[name] ?? "") === bare(form.elements[name].value))) {
    localStorage.removeItem(key);
    return;
  }
  const offer = document.getElementById("kept-here");
  offer.hidden = false;
  offer.querySelector("[data-when]").textContent = new Date(found.at).toLocaleString(document.documentElement.lang);
  offer.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-kept]")?.dataset.kept;
    if (!choice) return;
    offer.hidden = true;
    if (choice === "away") return localStorage.removeItem(key);
    for (const name of names) form.elements[name].value = found[name] ?? "";
    form.elements.base.value = found.base; // when the draft has moved on since, the server says so and shows both
    changed();
    save();
  });
}

function changed() {
  dirty = true;
  renewed = false;
  if (!["torn", "gone"].includes(line.dataset.state)) say("none");
  keep();
  offerCopies();
}

// --- sending, as htmx tells of it

const ours = (event) => event.detail.elt === form || event.detail.elt.getAttribute?.("form") === "editor";

document.body.addEventListener("htmx:beforeRequest", (event) => {
  if (!ours(event)) return;
  if (leaving) return event.preventDefault(); // the button pressed sends everything itself
  clearTimeout(timer);
  sent = typed();
  say("saving");
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (!ours(event)) return;
  const status = event.detail.xhr.status;
  if (status === 200) return saved();
  if (status === 409) return say("torn");
  if (status === 422) return say("unfit");
  if (status === 401) return say("gone");
  if (status === 403 && !renewed) return renew();
  say("offline");
  timer = setTimeout(save, RETRY);
});

function saved() {
  if (typed() !== sent) return; // more was typed meanwhile: the next save is on its way
  dirty = false;
  localStorage.removeItem(key);
  say("saved", form.elements.base.dataset.savedAt);
}

// Signing in again, in another tab, made this page's token void: take a new one and send once more.
async function renew() {
  renewed = true;
  const reply = await fetch(form.action, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const token = page.querySelector("#editor input[name=csrfmiddlewaretoken]")?.value;
  if (!token) {
    renewed = false;
    return say("gone");
  }
  for (const one of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) one.value = token;
  save();
}

window.addEventListener("online", () => dirty && save());
window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
form.addEventListener("submit", () => {
  if (dirty) keep(); // forgotten by the page that comes, if the server has it
  dirty = false;
  leaving = true;
});
window.addEventListener("pageshow", () => {
  leaving = false; // back from the page that a button led to
});
form.addEventListener("input", changed);

// --- keys

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  if (event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
  if (event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPicker();
  }
  if (event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-publish]"));
  }
});

// --- citing by keyboard: Ctrl+K searches, Enter inserts the first found once the list is of the words typed

const picker = document.querySelector("details.cite");
const search = document.getElementById("cite-q");
let awaited = false;

function openPicker() {
  picker.open = true;
  search.focus();
  search.select();
}

function insertFirst() {
  awaited = document.getElementById("statements").dataset.query !== search.value;
  if (!awaited) document.querySelector("#statements [data-insert]")?.click();
}

search.addEventListener("input", () => { awaited = false; });
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (search.value.trim()) insertFirst();
});

// --- texts: which one is meant, lines, citations, beginning from the other language

for (const area of areas) {
  area.addEventListener("focus", () => {
    last = area;
    pick("in", area.name);
    pick("tab", area.name);
  });
}

for (const tab of form.querySelectorAll("input[name=tab]")) {
  tab.addEventListener("change", () => {
    last = form.elements[tab.value];
    pick("in", tab.value);
  });
}

function goTo(area, number) {
  pick("tab", area.name);
  const lines = area.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  area.scrollTop = (number - 3) * Number.parseFloat(getComputedStyle(area).lineHeight);
}

function insert(text) {
  last.focus();
  if (document.execCommand("insertText", false, text)) return; // so that it can be undone
  last.setRangeText(text, last.selectionStart, last.selectionEnd, "end");
  last.dispatchEvent(new Event("input", { bubbles: true }));
}

// Behind what is selected, never in its place: a message that leads to its line selects it.
function cite(code) {
  const end = last.selectionEnd;
  last.setSelectionRange(end, end);
  insert(/(^|\s)$/.test(last.value.slice(0, end)) ? code : ` ${code}`);
}

document.addEventListener("click", (event) => {
  const told = event.target.closest("a[data-line]");
  if (told) {
    event.preventDefault();
    goTo(form.elements[told.dataset.lang], Number(told.dataset.line));
  }
  const code = event.target.closest("[data-insert]");
  if (code) cite(code.dataset.insert);
  const copy = event.target.closest("[data-copy-to]");
  if (copy) copyTo(form.elements[copy.dataset.copyTo]);
});

const other = (area) => areas.find((one) => one !== area);

function copyTo(area) {
  last = area;
  area.focus();
  insert(other(area).value);
}

function offerCopies() {
  for (const button of form.querySelectorAll("[data-copy-to]")) {
    const area = form.elements[button.dataset.copyTo];
    button.hidden = Boolean(area.value.trim()) || !other(area).value.trim();
  }
}

document.body.addEventListener("htmx:afterSwap", () => {
  for (const button of document.querySelectorAll("#statements [data-insert]")) button.hidden = false;
  if (awaited) insertFirst();
});

offerKept();
offerCopies();
