/* Suggests names to who writes into a search box: a combobox after the ARIA Authoring Practices ("editable combobox
   with list autocomplete"). Names come from stored documents, one for each first letter, and are kept; nothing is asked
   for at other keys, and nobody is told what is being written. Without this script the box is a plain one. */

const SHELVES = 64; /* and the letters below: as in search/shelves.py */
const ALIKE = {
  ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d", ς: "σ", ٱ: "ا", ى: "ي", ة: "ه", ـ: "",
};
const MOST_SHOWN = 8;
const OPERATORS = /["“”„«»‟＂:]|(^|\s)-/u;

export function plainWords(text) {
  const bare = text.normalize("NFKD").replace(/\p{Mn}/gu, "").toLowerCase();
  return [...bare].map((letter) => ALIKE[letter] ?? letter).join("").match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function shelfOf(word) {
  return word.codePointAt(0) % SHELVES;
}

const shelves = new Map();

function namesOn(shelf) {
  if (!shelves.has(shelf)) {
    const asked = fetch(`/-/suggestions/${shelf}.json`, { credentials: "omit" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(({ names }) => names.map((name) => ({ ...name, words: [name.label, ...(name.also ?? [])].map(plainWords) })));
    asked.catch(() => shelves.delete(shelf)); /* at the next key it is asked for again */
    shelves.set(shelf, asked);
  }
  return shelves.get(shelf);
}

function placeIn(name, written) {
  /* 0 where the name begins so, 1 where a later word of it does, 2 where another name of it does. */
  const places = name.words.map((words, number) => {
    const at = words.findIndex((_, start) => words.slice(start).join(" ").startsWith(written));
    return at < 0 ? Infinity : number ? 2 : Math.min(at, 1);
  });
  return Math.min(...places);
}

export function fitting(names, written) {
  return names
    .map((name) => ({ name, place: placeIn(name, written) }))
    .filter(({ place }) => place < Infinity)
    .sort((one, other) => one.place - other.place)
    .slice(0, MOST_SHOWN)
    .map(({ name }) => name);
}

class Suggestions {
  constructor(box) {
    this.box = box;
    this.list = document.createElement("ul");
    this.list.id = `${box.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", box.dataset.suggestionsLabel);
    box.after(this.list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", this.list.id);
    box.addEventListener("input", () => this.suggest());
    box.addEventListener("keydown", (event) => this.press(event));
    box.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); /* the box keeps the focus */
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  async suggest() {
    const text = this.box.value;
    const words = OPERATORS.test(text) ? [] : plainWords(text);
    if (!words.length) return this.close();
    const names = await namesOn(shelfOf(words[0])).catch(() => []);
    if (this.box.value !== text || document.activeElement !== this.box) return undefined;
    return this.show(fitting(names, words.join(" ")));
  }

  show(names) {
    this.list.replaceChildren(...names.map((name, number) => this.option(name, number)));
    this.list.hidden = !names.length;
    this.box.setAttribute("aria-expanded", String(names.length > 0));
    this.box.removeAttribute("aria-activedescendant");
  }

  option({ label, url, kind }, number) {
    const option = document.createElement("li");
    const told = document.createElement("span");
    option.id = `${this.list.id}-${number}`;
    option.className = "suggestions__one";
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    told.className = "suggestions__kind";
    told.textContent = this.box.dataset[`${kind}Label`] ?? "";
    const name = document.createElement("bdi");
    name.textContent = label;
    option.append(name, " ", told);
    return option;
  }

  close() {
    this.show([]);
  }

  get active() {
    return this.list.querySelector("[aria-selected=true]");
  }

  move(step) {
    const options = [...this.list.children];
    const places = options.length + 1; /* the last one is the box itself */
    const present = this.active ? options.indexOf(this.active) : options.length;
    const next = options[(present + step + places) % places];
    for (const option of options) option.setAttribute("aria-selected", String(option === next));
    next?.scrollIntoView({ block: "nearest" });
    if (next) this.box.setAttribute("aria-activedescendant", next.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" && !isOpen) this.suggest();
    else if (event.key === "ArrowUp" && event.altKey) this.close();
    else if (event.key === "ArrowDown" && isOpen) this.move(1);
    else if (event.key === "ArrowUp" && isOpen) this.move(-1);
    else if (event.key === "Escape" && isOpen) this.close();
    else if (event.key === "Enter" && this.active) this.choose(this.active);
    else return;
    event.preventDefault();
  }

  choose(option) {
    if (!option) return;
    this.close();
    window.location.assign(option.dataset.url);
  }
}

export function suggestIn(box) {
  const suggestions = new Suggestions(box);
  suggestions.suggest();
}
