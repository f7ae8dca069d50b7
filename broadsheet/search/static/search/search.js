/* The keys / and Ctrl+K (Cmd+K) lead to the search box from anywhere on a page; in it, names are suggested. */

function boxOf(root) {
  const boxes = [...root.querySelectorAll("[data-search-box]")];
  return boxes.reverse().find((box) => box.offsetParent !== null);
}

function isWriting(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function leads(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing) return false;
  if ((event.ctrlKey || event.metaKey) && !event.shiftKey) return event.key.toLowerCase() === "k";
  return event.key === "/" && !event.ctrlKey && !event.metaKey && !isWriting(event.target);
}

document.addEventListener("keydown", (event) => {
  if (!leads(event)) return;
  const box = boxOf(document);
  event.preventDefault();
  if (box) {
    box.focus();
    box.select();
  } else {
    document.querySelector(".header-search form").requestSubmit();
  }
});

for (const box of document.querySelectorAll("[data-suggestions]")) {
  const begin = async () => {
    const { suggestIn } = await import(box.dataset.suggestions);
    suggestIn(box);
  };
  if (box === document.activeElement) begin();
  else box.addEventListener("focus", begin, { once: true });
}

const wide = window.matchMedia("(min-width: 60rem)");
for (const choices of document.querySelectorAll("[data-open-when-wide]")) {
  const adapt = () => {
    choices.open = wide.matches;
  };
  adapt();
  wide.addEventListener("change", adapt);
}
