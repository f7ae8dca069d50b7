/* The keys / and Ctrl+K (Cmd+K) lead to the search box from anywhere on a page. */

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

const wide = window.matchMedia("(min-width: 60rem)");
for (const choices of document.querySelectorAll("[data-open-when-wide]")) {
  const adapt = () => {
    choices.open = wide.matches;
  };
  adapt();
  wide.addEventListener("change", adapt);
}
