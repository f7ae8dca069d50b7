// Offers what was typed in this form earlier and never reached the server.

import { fieldsOf, fingerprint, wordsOf } from "./fields.js";
import { drop, keptAt } from "./store.js";

const NEW_PAGE = /\/pages\/add\/\w+\/\w+\//; // the shelf that follows changes with the month

const placeOf = (address) => address.match(NEW_PAGE)?.[0] ?? address;

export function offerKept(form, root, ownId) {
  const place = placeOf(new URL(form.action).pathname);
  const arrived = new Set(JSON.parse(document.getElementById("typing-saved").textContent));
  const here = fingerprint(fieldsOf(new FormData(form)));
  for (const entry of keptAt(root.dataset.user, (address) => placeOf(address) === place)) {
    if (entry.id === ownId) continue;
    if (arrived.has(entry.id) || fingerprint(entry.fields) === here) drop(entry.user, entry.id);
    else new Offer(form, root, entry).show();
  }
}

class Offer {
  constructor(form, root, entry) {
    this.form = form;
    this.words = root.dataset;
    this.entry = entry;
    this.root = root;
    this.box = root.querySelector("[data-offer]").content.firstElementChild.cloneNode(true);
  }

  part(name) {
    return this.box.querySelector(`[data-${name}]`);
  }

  show() {
    const when = new Date(this.entry.at);
    this.part("when").dateTime = when.toISOString();
    this.part("when").textContent = when.toLocaleString(document.documentElement.lang || undefined);
    this.part("words").append(...this.paragraphs());
    this.part("keep").addEventListener("click", () => this.keep());
    this.part("discard").addEventListener("click", () => this.discard());
    this.root.append(this.box);
  }

  // Only what differs from the form as it stands now.
  paragraphs() {
    const standing = new Map(fieldsOf(new FormData(this.form)).map(([name, value]) => [name, wordsOf(value)]));
    const words = this.entry.fields
      .map(([name, value]) => [name, wordsOf(value)])
      .filter(([name, text]) => text.trim() && standing.get(name) !== text && /[^\d\s]/.test(text))
      .filter(([name]) => !/revision|-(type|order|deleted|id)$|_FORMS$/.test(name));
    return words.map(([, text]) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = text;
      return paragraph;
    });
  }

  async keep() {
    this.part("keep").disabled = true;
    this.part("answer").textContent = "";
    try {
      const sent = { method: "POST", body: this.data(), headers: { Accept: "application/json" } };
      const answer = await fetch(this.entry.address, sent);
      await this.heed(await answer.json());
    } catch {
      this.part("answer").textContent = this.words.failed;
    }
    this.part("keep").disabled = false;
  }

  data() {
    const data = new FormData();
    for (const [name, value] of this.entry.fields) {
      const isOfAVersion = /^(loaded|overwrite)_revision_/.test(name);
      if (!(this.isNewest && isOfAVersion)) data.append(name, value);
    }
    data.append("typing_id", this.entry.id);
    data.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    return data;
  }

  async heed(answer) {
    if (answer.success) {
      drop(this.entry.user, this.entry.id);
      leaveFor(answer.url ?? this.entry.address);
    } else if (answer.error_code === "invalid_revision") {
      this.isNewest = true;
      this.part("answer").textContent = this.words.conflict;
      this.part("keep").textContent = this.words.makeNewest;
      this.part("details").open = true;
    } else if (answer.error_code === "validation_error") {
      this.sendWhole();
    } else {
      this.part("answer").textContent = answer.error_message ?? this.words.failed;
    }
  }

  // The form itself says what is wrong with it, with everything that was typed in it.
  sendWhole() {
    const form = document.createElement("form");
    form.method = "POST";
    form.action = this.entry.address;
    for (const [name, value] of this.data()) {
      const input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      form.append(input);
    }
    document.body.append(form);
    leaving();
    form.submit();
  }

  discard() {
    if (!window.confirm(this.words.really)) return;
    drop(this.entry.user, this.entry.id);
    this.box.remove();
  }
}

// Wagtail asks before a page with changes is left; whoever keeps or sends has answered.
function leaving() {
  window.addEventListener("w-unsaved:confirm", (event) => event.preventDefault(), { once: true, capture: true });
}

function leaveFor(address) {
  leaving();
  window.location.assign(address);
}
