/**
 * What can be done to the zones of a front. Every move returns new zones and leaves the old ones as they were, so that
 * the board can step back. A slot is null (the rule's) or a pin {story, until}; a place is {zone, slot}, both numbers.
 */

const copy = (zones) => zones.map((zone) => ({ ...zone, rule: { ...zone.rule }, slots: [...zone.slots] }));

/** Where a story is pinned, or null. */
function placeOf(zones, story) {
  for (const [zone, { slots }] of zones.entries()) {
    const slot = slots.findIndex((pin) => pin?.story === story);
    if (slot >= 0) return { zone, slot };
  }
  return null;
}

/** Put a pin into a slot; a pin that was there moves on to the next slot, until one takes the place of the rule. */
function insert(slots, slot, pin) {
  let carried = pin;
  for (let here = slot; here < slots.length && carried; here += 1) {
    [slots[here], carried] = [carried, slots[here]];
  }
  return carried;
}

/**
 * Put a story into a slot, from wherever it is. Within a zone the stories between make room as in a list.
 * Returns {zones, pushedOut}: pushedOut is the story for which no slot was left, or null.
 */
export function placeStory(zones, story, to) {
  const after = copy(zones);
  const from = placeOf(zones, story);
  const pin = from ? after[from.zone].slots[from.slot] : { story, until: null };
  const { slots } = after[to.zone];
  if (from?.zone === to.zone) {
    slots.splice(from.slot, 1);
    slots.splice(to.slot, 0, pin);
    return { zones: after, pushedOut: null };
  }
  if (from) after[from.zone].slots[from.slot] = null;
  return { zones: after, pushedOut: insert(slots, to.slot, pin)?.story ?? null };
}

/** The place one step up (-1) or down (1), across zones; null at the ends of the front. */
export function neighbour(zones, { zone, slot }, step) {
  if (slot + step >= 0 && slot + step < zones[zone].slots.length) return { zone, slot: slot + step };
  const next = zones[zone + step];
  return next ? { zone: zone + step, slot: step < 0 ? next.slots.length - 1 : 0 } : null;
}

/** Move the story that stands at a place one step; it changes places with a story pinned there. */
export function stepStory(zones, story, at, to) {
  const after = copy(zones);
  const pin = after[at.zone].slots[at.slot];
  const moving = pin?.story === story ? pin : { story, until: null };
  after[at.zone].slots[at.slot] = after[to.zone].slots[to.slot];
  after[to.zone].slots[to.slot] = moving;
  return after;
}

/** Change one slot. */
export function setSlot(zones, { zone, slot }, pin) {
  const after = copy(zones);
  after[zone].slots[slot] = pin;
  return after;
}

/** Change a zone's title or rule. */
export function setZone(zones, zone, changes) {
  const after = copy(zones);
  Object.assign(after[zone], changes);
  return after;
}

/** Give a zone more or fewer slots; pins in slots that go are taken off the front. */
export function setCount(zones, zone, count) {
  const after = copy(zones);
  after[zone].slots = Array.from({ length: count }, (_, slot) => zones[zone].slots[slot] ?? null);
  return after;
}

/** Move a zone one step up (-1) or down (1). */
export function stepZone(zones, zone, step) {
  const after = copy(zones);
  const [moved] = after.splice(zone, 1);
  after.splice(zone + step, 0, moved);
  return after;
}

/** Take a zone off the front. */
export function removeZone(zones, zone) {
  return copy(zones).filter((_, number) => number !== zone);
}

/** Add a zone of a kind at the end. */
export function addZone(zones, kind, usual) {
  const key = `zone-${Date.now().toString(36)}`;
  const source = kind === "live" ? "hand" : "paper";
  return [...copy(zones), { key, kind, title: "", rule: { source, value: null }, slots: Array(usual).fill(null) }];
}
