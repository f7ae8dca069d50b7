// No keystroke is lost: what one types is kept in this browser until the server has it.
//
// Wagtail saves the form as one types, but gives up when the server is away for a minute, takes what was typed in the
// first two seconds or while an answer was on its way for saved, and forgets everything with the tab. Here:
//  - what differs from what the server has is kept (store.js) as it is typed;
//  - saving is asked for again until the server answers;
//  - what is still there when the page is opened again is offered (offer.js).

import { offerKept } from "./offer.js";
import { fieldsOf, fingerprint } from "./fields.js";
import { drop, keep } from "./store.js";

const CHECK_MILLISECONDS = 200;
const RETRY_SECONDS = [1, 2, 4, 8, 15];
const FIRST_TOUCHES = ["pointerdown", "keydown", "beforeinput", "change", "paste", "drop"];

class Keeper {
  constructor(form, root) {
    this.form = form;
    this.words = root.dataset;
    this.id = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 12)}`;
    this.saved = this.now(); // as far as we know, what the server has
    this.sent = null;
    this.kept = null;
    this.isTouched = form.dataset.wUnsavedForceValue === "true"; // came back with mistakes: the server has it not
    if (this.isTouched) this.saved = "";
    this.tries = 0;
    this.retry = null;
    this.isLeaving = false;
    form.querySelector("[data-typing-id]").value = this.id;
    this.listen();
  }

  now() {
    return fingerprint(fieldsOf(new FormData(this.form)));
  }

  listen() {
    const touched = (event) => {
      if (!event.isTrusted || this.isTouched) return;
      this.isTouched = true;
      this.saved = this.now();
    };
    for (const name of FIRST_TOUCHES) this.form.addEventListener(name, touched, { capture: true });
    this.form.addEventListener("input", () => this.check());
    this.form.addEventListener("submit", () => this.leave());
    for (const name of ["pagehide", "visibilitychange"]) window.addEventListener(name, () => this.check());
    window.addEventListener("w-autosave:save", (event) => {
      this.sent = fingerprint(fieldsOf(event.detail.formData));
    });
    window.addEventListener("w-autosave:success", () => this.arrived());
    window.addEventListener("w-autosave:error", (event) => this.failed(event), { capture: true });
    setInterval(() => this.check(), CHECK_MILLISECONDS);
  }

  // Keep what the server has not, and forget what it has.
  check() {
    if (!this.isTouched || this.isLeaving) return;
    const now = this.now();
    if (now === this.saved) {
      if (this.kept !== null) drop(this.words.user, this.id);
      this.kept = null;
    } else if (now !== this.kept) {
      this.kept = now;
      this.store();
      if (!this.hasBegun) this.force();
      this.hasBegun = true;
    }
  }

  store() {
    const fields = fieldsOf(new FormData(this.form));
    const made = this.form.dataset.wAutosaveRevisionIdValue;
    if (made && made !== "0") fields.push(["overwrite_revision_id", made]);
    const address = new URL(this.form.action).pathname;
    const entry = { id: this.id, user: this.words.user, address, at: Date.now(), fields };
    this.hasRoom = keep(entry);
  }

  arrived() {
    this.saved = this.sent;
    this.tries = 0;
    clearTimeout(this.retry);
    this.retry = null;
    this.check();
    document.querySelector("[data-waiting-changes]")?.removeAttribute("hidden");
    if (this.now() !== this.saved) setTimeout(() => this.force()); // typed while the answer was on its way
  }

  failed({ detail }) {
    this.check();
    const isAway = ["network_error", "server_error"].includes(detail.type);
    const { away, refused, full } = this.words;
    if (this.hasRoom === false) detail.text = full;
    else detail.text = isAway ? away : `${detail.text} ${refused}`;
    if (!isAway || this.retry) return;
    const seconds = RETRY_SECONDS[Math.min(this.tries, RETRY_SECONDS.length - 1)];
    this.tries += 1;
    this.retry = setTimeout(() => this.askAgain(), seconds * 1000);
  }

  // Save as soon as the server answers at all; asking it for little, and telling the editor nothing twice.
  async askAgain() {
    this.retry = null;
    try {
      const answer = await fetch(this.words.probe, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      this.form.dataset.wAutosaveActiveValue = "true";
      this.save();
    } catch {
      const seconds = RETRY_SECONDS[Math.min(this.tries, RETRY_SECONDS.length - 1)];
      this.tries += 1;
      this.retry = setTimeout(() => this.askAgain(), seconds * 1000);
    }
  }

  // Tell Wagtail that the form has changes, whatever it takes for the beginning.
  force() {
    this.form.dataset.wUnsavedForceValue = "true";
  }

  save() {
    this.force();
    const detail = { type: "edits" };
    this.form.dispatchEvent(new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail }));
  }

  // Sent by a button: kept until the next page says that it arrived.
  leave() {
    if (this.isTouched && this.now() !== this.saved) this.store();
    this.isLeaving = true;
    setTimeout(() => {
      this.isLeaving = false; // still here: the form was not sent after all
    }, 10_000);
  }
}

function start() {
  const root = document.querySelector("[data-kept-typing]");
  const form = root?.closest("form[data-edit-form]");
  if (!form) return;
  const keeper = new Keeper(form, root);
  offerKept(form, root, keeper.id);
}

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
