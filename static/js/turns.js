// One act after another, in the part of a page whose controls each answer replaces. What is pressed or chosen while an
// answer is on its way waits for it, and is then done on the controls that came: sent from the old ones it would find no
// place to show its own answer. Knows controls and htmx's events, not what they do.

export function inTurn(region) {
  const waiting = [];
  let sender = null;

  function next() {
    while (!sender && waiting.length) again(waiting.shift());
  }

  region.addEventListener("htmx:confirm", (event) => {
    const { elt, triggeringEvent } = event.detail;
    const itsOwn = elt === sender && elt.dataset.hxSync; // the later form holds the earlier one's choice as well
    if (!sender || itsOwn) return;
    event.preventDefault();
    waiting.push(kept(elt.matches("form") ? (triggeringEvent.submitter ?? triggeringEvent.target) : elt));
  });
  region.addEventListener("htmx:beforeRequest", (event) => { sender = event.detail.elt; });
  region.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.requestConfig.elt === sender) sender = null; // detail.elt is what is left of the page around it
    setTimeout(next); // after htmx has let go of the request
  });
}

const kept = ({ id, value, checked }) => ({ id, value, checked });

function again({ id, value, checked }) {
  const control = document.getElementById(id);
  if (!control) return;
  if (control.matches("button")) control.click();
  else if (control.matches("[type=radio], [type=checkbox]")) {
    if (control.checked !== checked) control.click();
  } else {
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
