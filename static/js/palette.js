// Dragging a card of the form onto a place of the drawing, as values: no DOM, no events. builder.js draws what it says.
// A card is {service, field, value}, a place {service, field}; service is "0", "1", "2", or "cluster".

export const FAR_ENOUGH = 6; // pixels: less is a click
const SAME_PLACE = { grants: "role" }; // what a role allows is shown on the role

// "field-services-0-load-balancer" -> {service: "0", field: "load_balancer"}; null for what is no field.
export function fieldOf(anchor) {
  const found = /^field-(?:services-(\d)|(cluster))-([a-z-]+)$/.exec(anchor);
  return found && { service: found[1] ?? found[2], field: found[3].replaceAll("-", "_") };
}

export function fits(card, place) {
  return (SAME_PLACE[card.field] ?? card.field) === place.field;
}

// What dropping `card` on `place` chooses: the card's value, for the service that the place belongs to.
export function choice(card, place) {
  const group = place.service === "cluster" ? "cluster" : `services.${place.service}`;
  return { name: `${group}.${card.field}`, value: card.value };
}

// idle -> pressed -> dragging -> idle. `places` are those under the pointer, the topmost first.
export const IDLE = Object.freeze({ phase: "idle", card: null, over: null });

export function pressed(card, x, y) {
  return { phase: "pressed", card, over: null, x, y };
}

export function moved(state, x, y, places) {
  if (state.phase === "idle") return state;
  if (state.phase === "pressed" && Math.hypot(x - state.x, y - state.y) < FAR_ENOUGH) return state;
  return { ...state, phase: "dragging", over: places.find((place) => fits(state.card, place)) ?? null };
}

// What a release chooses; null when it is a click, or beside every place that fits.
export function dropped(state) {
  return state.phase === "dragging" && state.over ? choice(state.card, state.over) : null;
}
