/** Draws the board from its state, with the <template> parts of board_parts.html. */

const part = (name) => document.getElementById(`part-${name}`);
export const said = part("said").dataset;

function fresh(name) {
  const node = part(name).content.firstElementChild.cloneNode(true);
  const find = (selector) => node.querySelector(selector);
  return { node, find, piece: (piece) => find(`[data-part="${piece}"]`) };
}

function fillStory({ piece }, story) {
  piece("headline").textContent = story.headline;
  piece("meta").textContent = [story.section, story.work, story.when].filter(Boolean).join(" · ");
  const photo = piece("photo");
  photo.hidden = !story.photo;
  if (story.photo) photo.src = story.photo;
}

/** One story of the search's results. */
export function drawFound(story) {
  const made = fresh("story");
  fillStory(made, story);
  made.node.dataset.story = story.id;
  made.find("button").setAttribute("aria-label", `${made.find("button").textContent.trim()}: ${story.headline}`);
  return made.node;
}

function slotLabel(zone, slot) {
  if (zone.kind !== "lead") return `${said.slot} ${slot + 1}`;
  return slot === 0 ? said.lead : `${said.second} ${slot}`;
}

function drawSlot(zone, slot, arranged, stories, carrying) {
  const made = fresh("slot");
  const { node, find, piece } = made;
  const pin = zone.slots[slot];
  const shown = arranged?.slots[slot] ?? { story: null, trouble: "" };
  const story = stories[pin ? pin.story : shown.story];
  node.dataset.slot = slot;
  piece("label").textContent = slotLabel(zone, slot);
  piece("card").hidden = !story;
  piece("empty").hidden = Boolean(story);
  find('[data-act="place-here"]').hidden = !carrying;
  find('[data-act="place-here"]').setAttribute("aria-label", `${find('[data-act="place-here"]').textContent.trim()}: ${arranged?.heading ?? ""}, ${slotLabel(zone, slot)}`);
  if (!story) return node;
  fillStory(made, story);
  node.dataset.story = story.id;
  node.classList.toggle("board-slot--hand", Boolean(pin));
  piece("card").draggable = true;
  piece("by-hand").hidden = !pin;
  piece("by-rule").hidden = Boolean(pin);
  if (pin?.until) piece("until").textContent = `${said.until} ${new Date(pin.until).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "short", timeStyle: "short" })}`;
  piece("trouble").textContent = pin ? shown.trouble : "";
  piece("trouble").hidden = !(pin && shown.trouble);
  for (const act of ["until", "free"]) find(`[data-act="${act}"]`).hidden = !pin;
  find('[data-act="pin"]').hidden = Boolean(pin);
  return node;
}

function drawSettings({ find, piece }, zone, board) {
  const kind = board.kinds.find((one) => one.kind === zone.kind);
  const options = board.choices[zone.rule.source];
  find('[data-field="title"]').value = zone.title;
  find('[data-field="source"]').value = zone.rule.source;
  find('[data-field="count"]').value = zone.slots.length;
  find('[data-field="count"]').max = kind.most;
  piece("value-label").hidden = !options;
  for (const { value, label } of options ?? []) {
    find('[data-field="value"]').add(new Option(label, value, false, value === zone.rule.value));
  }
}

function drawZone(zone, number, state, board) {
  const made = fresh("zone");
  const { node, find, piece } = made;
  const arranged = state.arrangement.zones.find((one) => one.key === zone.key);
  const isOpen = state.openZone === zone.key;
  node.dataset.zone = number;
  node.classList.add(`board-zone--${zone.kind}`);
  piece("heading").textContent = zone.title || arranged?.heading || "";
  piece("kind").textContent = board.kinds.find((one) => one.kind === zone.kind).label;
  piece("kind").hidden = piece("kind").textContent === piece("heading").textContent;
  piece("settings").hidden = !isOpen;
  find('[data-act="zone-settings"]').setAttribute("aria-expanded", isOpen);
  find('[data-act="zone-up"]').disabled = number === 0;
  find('[data-act="zone-down"]').disabled = number === state.zones.length - 1;
  drawSettings(made, zone, board);
  piece("slots").replaceChildren(
    ...zone.slots.map((_, slot) => drawSlot(zone, slot, arranged, state.arrangement.stories, state.carrying)),
  );
  return node;
}

/** Where the keyboard's focus is, in words that survive a redrawing. */
function focusPath() {
  const here = document.activeElement;
  const zone = here?.closest?.("[data-zone]")?.dataset.zone;
  if (zone === undefined) return null;
  const slot = here.closest("[data-slot]")?.dataset.slot;
  const control = here.dataset.act ? `[data-act="${here.dataset.act}"]` : `[data-field="${here.dataset.field}"]`;
  return `[data-zone="${zone}"] ${slot === undefined ? "" : `[data-slot="${slot}"] `}${control}`;
}

/** Draw all zones anew and leave the focus where it was, or at `focus` when that is given. */
export function drawZones(list, state, board, focus = null) {
  const path = focus ?? focusPath();
  list.replaceChildren(...state.zones.map((zone, number) => drawZone(zone, number, state, board)));
  if (path) list.querySelector(path)?.focus();
}
