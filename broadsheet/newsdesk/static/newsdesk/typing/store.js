// What was typed and has not reached the server, in this browser: one entry for each open form.
// localStorage and not IndexedDB: it is written before the next keystroke, whatever happens to the tab then.

const PREFIX = "broadsheet-typing:";
const DAYS_KEPT = 30;

const keyOf = (user, id) => `${PREFIX}${user}:${id}`;

function readAll() {
  const found = [];
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(PREFIX)) continue;
    try {
      found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
    } catch {
      localStorage.removeItem(key);
    }
  }
  return found.sort((a, b) => b.at - a.at);
}

function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

// Keep `entry` ({id, user, address, at, fields}); tell whether there was room. The oldest of other forms give way.
export function keep(entry) {
  const key = keyOf(entry.user, entry.id);
  const text = JSON.stringify(entry);
  const others = readAll().filter((other) => other.key !== key);
  while (!write(key, text)) {
    const oldest = others.pop();
    if (!oldest) return false;
    localStorage.removeItem(oldest.key);
  }
  return true;
}

export function drop(user, id) {
  localStorage.removeItem(keyOf(user, id));
}

// Return what this person typed at an address and never sent, the newest first; forget what is very old.
export function keptAt(user, isHere) {
  const oldest = Date.now() - DAYS_KEPT * 24 * 60 * 60 * 1000;
  const entries = readAll();
  for (const entry of entries) if (!(entry.at > oldest)) localStorage.removeItem(entry.key);
  return entries.filter((entry) => entry.at > oldest && entry.user === user && isHere(entry.address));
}
