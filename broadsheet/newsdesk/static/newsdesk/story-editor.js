// The story editor's aids: counters, previews of search result and shared link, topics found in the text.
// The server checks everything again; without this script the form works all the same.

const field = (name) => document.querySelector(`#id_${name}`);
const value = (name) => field(name)?.value.trim() ?? "";

function state(length, { goodFrom, goodTo, warnOver }) {
  if (length > Number(warnOver)) return "long";
  if (length > Number(goodTo)) return "near";
  return length >= Number(goodFrom) ? "good" : "short";
}

function count(panel) {
  const input = panel.querySelector("input:not([type=hidden]), textarea");
  if (!input) return;
  const counter = document.createElement("p");
  counter.className = "text-counter";
  const update = () => {
    const length = [...input.value.trim()].length;
    counter.hidden = length === 0;
    counter.dataset.state = state(length, panel.dataset);
    counter.textContent = `${length} / ${panel.dataset.goodTo}`;
  };
  input.closest(".w-field__input, .w-field")?.after(counter);
  input.addEventListener("input", update);
  update();
}

function write(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

function bodyWords() {
  return document.querySelector("[data-contentpath=body] [data-text]")?.textContent.trim() ?? "";
}

function drawPreviews() {
  const search = document.querySelector("[data-search-preview]");
  const social = document.querySelector("[data-social-preview]");
  const headline = value("title");
  const description = value("search_description") || value("standfirst") || bodyWords();
  if (search) {
    const address = search.querySelector("[data-address]");
    write(address, [location.host, ...address.dataset.day.split("/"), value("slug") || "…"].join(" › "));
    write(search.querySelector("[data-title]"), value("seo_title") || headline || "…");
    write(search.querySelector("[data-description]"), description);
  }
  if (!social) return;
  const photo = ["social_photo", "lead_photo"]
    .map((name) => document.querySelector(`#id_${name}-chooser:not(.blank) img`)?.src)
    .find(Boolean);
  const picture = social.querySelector("[data-picture]");
  if (photo && picture.src !== photo) picture.src = photo;
  picture.hidden = !photo;
  write(social.querySelector("[data-host]"), location.host);
  write(social.querySelector("[data-title]"), value("social_title") || headline || "…");
  write(social.querySelector("[data-description]"), value("social_description") || description);
}

function chosenTopics() {
  const inputs = document.querySelectorAll("#id_story_topics-FORMS input[name$='-topic']");
  return new Set([...inputs].filter(isKept).map((input) => input.value));
}

function isKept(input) {
  const deleted = document.querySelector(`#id_${input.name.replace(/-topic$/, "-DELETE")}`);
  return input.value && deleted?.value !== "1" && !deleted?.checked;
}

function addTopic(topic) {
  const panel = window.wagtail?.editHandler?.getPanelByName?.("story_topics");
  if (!panel) return;
  panel.addForm();
  const number = document.querySelector("#id_story_topics-TOTAL_FORMS").value - 1;
  const chooser = panel.chooserWidgetFactory.getById(`id_story_topics-${number}-topic`);
  chooser.setStateFromModalData({ id: topic.id, string: topic.name });
}

class Suggestions {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("[data-list]");
    this.status = root.querySelector("[data-status]");
    this.topics = [];
    root.querySelector("[data-look]").addEventListener("click", () => this.look());
    document.querySelector("#id_story_topics-FORMS")?.addEventListener("change", () => this.draw());
    new IntersectionObserver(([entry]) => entry.isIntersecting && this.look()).observe(root);
  }

  async look() {
    const form = this.root.closest("form");
    const data = new FormData(form);
    for (const [name, part] of [...data]) if (part instanceof File) data.delete(name);
    const answer = await fetch(this.root.dataset.address, { method: "POST", body: data });
    if (!answer.ok) return;
    this.topics = (await answer.json()).topics;
    this.draw();
  }

  draw() {
    const chosen = chosenTopics();
    const offered = this.topics.filter((topic) => !chosen.has(String(topic.id)));
    this.list.replaceChildren(...offered.map((topic) => this.button(topic)));
    this.root.querySelector("[data-explanation]").hidden = offered.length === 0;
    if (offered.length === 0) this.list.textContent = this.root.dataset.none;
  }

  button(topic) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = topic.name;
    button.title = `${topic.kind} · ${this.root.dataset.times.replace("%s", topic.count)}`;
    button.addEventListener("click", () => {
      addTopic(topic);
      this.draw();
      this.status.textContent = this.root.dataset.added.replace("%s", topic.name);
    });
    return button;
  }
}

function start() {
  for (const panel of document.querySelectorAll("[data-counted]")) count(panel);
  for (const root of document.querySelectorAll("[data-topic-suggestions]")) new Suggestions(root);
  const form = document.querySelector("[data-edit-form]");
  if (!form || !document.querySelector("[data-search-preview]")) return;
  for (const event of ["input", "change"]) form.addEventListener(event, drawPreviews);
  new MutationObserver(drawPreviews).observe(form, { subtree: true, attributes: true, attributeFilter: ["src"] });
  drawPreviews();
}

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
