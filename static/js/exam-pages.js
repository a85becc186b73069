// The other questions of the exam, fetched quietly, so that one can go on without a connection.
const PATIENCE = 5000;
const BETWEEN = 400; // ms between two quiet fetches: nobody waits for them
const kept = new Map();

export function keep(url, html) {
  kept.set(path(url), html);
}

// The question as it is left: what was chosen since it came lives in properties, and outerHTML tells only attributes.
export function asLeft(region) {
  for (const input of region.querySelectorAll("input")) input.toggleAttribute("checked", input.checked);
  for (const option of region.querySelectorAll("option")) option.toggleAttribute("selected", option.selected);
  return region.outerHTML;
}

// The question at `url`: as it is now, or as it was left when there is no connection; null when it is not known at all.
// `over` is called when the exam has ended meanwhile.
export async function page(url, over) {
  try {
    const reply = await get(url);
    if (reply.redirected || reply.status === 409) {
      over();
      return null;
    }
    if (reply.ok) return await reply.text();
  } catch {
    // No connection: what was kept will do.
  }
  return kept.get(path(url)) ?? null;
}

export async function remember(urls) {
  for (const url of urls) {
    await new Promise((done) => setTimeout(done, BETWEEN));
    if (kept.has(path(url)) || document.hidden) continue;
    try {
      const reply = await get(url);
      if (reply.ok && !reply.redirected) keep(url, await reply.text());
    } catch {
      return;
    }
  }
}

function get(url) {
  return fetch(url, { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
}

const path = (url) => new URL(url, window.location.href).pathname;
