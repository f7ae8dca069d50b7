/** The board of a front: drag and drop or buttons, undo and redo, search, preview, saving. */

import { drawFound, drawZones, said } from "./draw.js";
import * as moves from "./moves.js";

const board = JSON.parse(document.getElementById("board-data").textContent);
const byId = (id) => document.getElementById(id);
const root = byId("front-board");
const list = byId("board-zones");
const found = byId("board-found");
const state = {
  zones: board.zones,
  arrangement: board.arrangement,
  seen: board.seen,
  carrying: null,
  openZone: null,
};
const past = [];
const future = [];
let kept = JSON.stringify(state.zones);
let isLeaving = false;

const say = (text) => { byId("board-news").textContent = text; };
const headlineOf = (story) => state.arrangement.stories[story]?.headline ?? "";
const isDirty = () => JSON.stringify(state.zones) !== kept;

function tell(text, type) {
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { text, type, clear: true } }));
}

async function send(url, data) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" };
  try {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(data) });
    return { ok: response.ok, ...(await response.json()) };
  } catch {
    return { ok: false, error: said.failed };
  }
}

function draw(focus) {
  drawZones(list, state, board, focus);
  root.querySelector('[data-act="undo"]').disabled = past.length === 0;
  root.querySelector('[data-act="redo"]').disabled = future.length === 0;
  root.querySelector('[data-act="add-zone"]').disabled = state.zones.length >= board.mostZones;
  const line = byId("board-state");
  line.textContent = isDirty() ? line.dataset.dirty : line.dataset.clean;
  byId("board-carrying").hidden = !state.carrying;
  if (state.carrying) byId("board-carrying").querySelector("[data-part=headline]").textContent = headlineOf(state.carrying);
}

let asked = 0;
async function arrange() {
  asked += 1;
  const mine = asked;
  const answer = await send(board.urls.arrange, { zones: state.zones });
  if (mine !== asked) return;
  if (!answer.ok) return void tell(answer.error, "error");
  state.arrangement = { ...answer, stories: { ...state.arrangement.stories, ...answer.stories } };
  draw();
}

function change(zones, focus) {
  past.push(state.zones);
  future.length = 0;
  state.zones = zones;
  draw(focus);
  arrange();
}

function step(from, to, words) {
  if (from.length === 0) return;
  to.push(state.zones);
  state.zones = from.pop();
  say(words);
  draw();
  arrange();
}

function place(story, to) {
  const { zones, pushedOut } = moves.placeStory(state.zones, story, to);
  state.carrying = null;
  say(`${said.placed}: ${headlineOf(story)}`);
  if (pushedOut) tell(`${said.pushed} ${headlineOf(pushedOut)}`, "warning");
  change(zones, `[data-zone="${to.zone}"] [data-slot="${to.slot}"] [data-act="take"]`);
}

function carry(story) {
  state.carrying = story;
  draw(story ? '[data-act="place-here"]' : null);
}

const placeOf = (node) => {
  const slot = node.closest("[data-slot]");
  return slot && { zone: Number(slot.closest("[data-zone]").dataset.zone), slot: Number(slot.dataset.slot) };
};

function stepStory(node, direction) {
  const at = placeOf(node);
  const to = moves.neighbour(state.zones, at, direction);
  if (!to) return;
  const story = Number(node.closest("[data-slot]").dataset.story);
  const act = direction < 0 ? "up" : "down";
  change(moves.stepStory(state.zones, story, at, to), `[data-zone="${to.zone}"] [data-slot="${to.slot}"] [data-act="${act}"]`);
  say(`${said.placed}: ${headlineOf(story)}`);
}

/** Open a dialog; resolves to the value of the button that closed it, "" when it was dismissed. */
function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

async function askUntil(node) {
  const at = placeOf(node);
  const pin = state.zones[at.zone].slots[at.slot];
  const dialog = byId("dialog-until");
  dialog.querySelector("[data-part=headline]").textContent = headlineOf(pin.story);
  byId("pin-until").value = pin.until ?? "";
  if ((await ask(dialog)) === "set") change(moves.setSlot(state.zones, at, { ...pin, until: byId("pin-until").value || null }));
}

async function keep(act, more = {}) {
  const answer = await send(board.urls.save, { act, zones: state.zones, seen: state.seen, ...more });
  if (answer.conflict) return settle(act, more, answer.conflict);
  if (!answer.ok) return tell(answer.error, "error");
  state.seen = answer.version;
  kept = JSON.stringify(state.zones);
  if (act === "draft") {
    byId("board-state").dataset.clean = byId("board-state").dataset.saved;
    tell(answer.message, "success");
    return draw();
  }
  isLeaving = true;
  return window.location.reload();
}

async function settle(act, more, conflict) {
  const dialog = byId("dialog-conflict");
  dialog.querySelector("[data-part=message]").textContent = conflict.message;
  dialog.querySelector("[data-part=look]").href = conflict.look;
  if ((await ask(dialog)) !== "over") return;
  state.seen = conflict.version;
  await keep(act, more);
}

function preview(target) {
  const form = byId("preview-form");
  form.elements.zones.value = JSON.stringify(state.zones);
  form.target = target;
  form.submit();
}

const acts = {
  undo: () => step(past, future, said.undone),
  redo: () => step(future, past, said.redone),
  draft: () => keep("draft"),
  publish: () => keep("publish"),
  schedule: async () => {
    if ((await ask(byId("dialog-schedule"))) === "set") keep("schedule", { at: byId("go-live-at").value });
  },
  preview: () => {
    byId("dialog-preview").showModal();
    setWidth(byId("dialog-preview").querySelector('[aria-pressed="true"]').dataset.width);
    preview("board-preview");
  },
  "preview-tab": () => preview("_blank"),
  "preview-close": () => byId("dialog-preview").close(),
  "put-down": () => carry(null),
  "add-zone": () => {
    const kind = board.kinds.find((one) => one.kind === byId("board-kind").value);
    const zones = moves.addZone(state.zones, kind.kind, kind.usual);
    state.openZone = zones.at(-1).key;
    change(zones, `[data-zone="${zones.length - 1}"] [data-field="title"]`);
  },
  carry: (node) => carry(Number(node.closest("[data-story]").dataset.story)),
  take: (node) => carry(Number(node.closest("[data-slot]").dataset.story)),
  "place-here": (node) => place(state.carrying, placeOf(node)),
  pin: (node) => change(moves.setSlot(state.zones, placeOf(node), { story: Number(node.closest("[data-slot]").dataset.story), until: null })),
  until: askUntil,
  free: (node) => { say(said.freed); change(moves.setSlot(state.zones, placeOf(node), null)); },
  up: (node) => stepStory(node, -1),
  down: (node) => stepStory(node, 1),
  "zone-up": (node, zone) => change(moves.stepZone(state.zones, zone, -1), `[data-zone="${zone - 1}"] [data-act="zone-up"]`),
  "zone-down": (node, zone) => change(moves.stepZone(state.zones, zone, 1), `[data-zone="${zone + 1}"] [data-act="zone-down"]`),
  "zone-remove": (node, zone) => change(moves.removeZone(state.zones, zone)),
  "zone-settings": (node, zone) => {
    const { key } = state.zones[zone];
    state.openZone = state.openZone === key ? null : key;
    draw();
  },
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("#front-board [data-act], .board-dialog [data-act]");
  if (button) acts[button.dataset.act](button, Number(button.closest("[data-zone]")?.dataset.zone));
});

const fields = {
  title: (zone, value) => moves.setZone(state.zones, zone, { title: value.trim() }),
  source: (zone, value) => moves.setZone(state.zones, zone, { rule: { source: value, value: board.choices[value]?.[0]?.value ?? null } }),
  value: (zone, value) => {
    const { source } = state.zones[zone].rule;
    return moves.setZone(state.zones, zone, { rule: { source, value: source === "work_type" ? value : Number(value) } });
  },
  count: (zone, value, input) => moves.setCount(state.zones, zone, Math.min(Math.max(Number(value) || 1, 1), Number(input.max))),
};

list.addEventListener("change", ({ target }) => {
  if (target.dataset.field) change(fields[target.dataset.field](Number(target.closest("[data-zone]").dataset.zone), target.value, target));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.carrying) return carry(null);
  if (!(event.ctrlKey || event.metaKey) || event.target.matches("input, select, textarea")) return undefined;
  if (event.key === "z" || event.key === "y") event.preventDefault();
  if (event.key === "y" || (event.key === "z" && event.shiftKey)) return acts.redo();
  return event.key === "z" ? acts.undo() : undefined;
});

// Drag and drop: a story of the list or of a slot, onto a slot.

let dragged = null;
root.addEventListener("dragstart", (event) => {
  const from = event.target.closest("[data-story]");
  if (!from) return;
  dragged = Number(from.dataset.story);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", headlineOf(dragged));
  root.classList.add("is-dragging");
});
root.addEventListener("dragend", () => {
  dragged = null;
  root.classList.remove("is-dragging");
  list.querySelector(".is-target")?.classList.remove("is-target");
});
list.addEventListener("dragover", (event) => {
  const slot = event.target.closest("[data-slot]");
  const before = list.querySelector(".is-target");
  if (before !== slot) before?.classList.remove("is-target");
  if (!slot || dragged === null) return;
  event.preventDefault();
  slot.classList.add("is-target");
});
list.addEventListener("drop", (event) => {
  const to = placeOf(event.target);
  if (!to || dragged === null) return;
  event.preventDefault();
  place(dragged, to);
});

// The stories to choose from.

let older = "";
let searches = 0;
async function search(isMore = false) {
  searches += 1;
  const mine = searches;
  const query = new URLSearchParams(new FormData(byId("board-search")));
  if (isMore) query.set("before", older);
  const response = await fetch(`${board.urls.stories}?${query}`, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (mine !== searches) return;
  if (!response?.ok) return void tell(said.failed, "error");
  const answer = await response.json();
  for (const story of answer.stories) state.arrangement.stories[story.id] ??= story;
  const drawn = answer.stories.map(drawFound);
  if (isMore) found.append(...drawn);
  else found.replaceChildren(...drawn);
  older = answer.older;
  byId("board-more").hidden = !older;
  byId("board-none").hidden = found.children.length > 0;
}

let waiting;
byId("board-search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 250); });
byId("board-search").addEventListener("submit", (event) => { event.preventDefault(); search(); });
byId("board-more").addEventListener("click", () => search(true));

// The preview's width.

function setWidth(width) {
  const { style, parentElement } = byId("board-preview");
  style.inlineSize = `${width}px`;
  style.zoom = Math.min(1, parentElement.clientWidth / width || 1);
  for (const button of byId("dialog-preview").querySelectorAll("[data-width]")) {
    button.setAttribute("aria-pressed", button.dataset.width === width);
  }
}
byId("dialog-preview").addEventListener("click", ({ target }) => {
  const button = target.closest("[data-width]");
  if (button) setWidth(button.dataset.width);
});

window.addEventListener("beforeunload", (event) => { if (isDirty() && !isLeaving) event.preventDefault(); });
draw();
search();
