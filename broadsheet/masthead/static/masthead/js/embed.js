/* A button that puts the other site's player in a sandboxed frame. Nothing is asked of that site before the click. */

const ALLOWED = "allow-scripts allow-same-origin allow-popups allow-presentation";

function offerPlayers(root) {
  for (const facade of root.querySelectorAll("[data-player]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = facade.dataset.label;
    button.addEventListener("click", () => facade.replaceChildren(player(facade.dataset)), { once: true });
    facade.querySelector("a").before(button);
  }
}

function player({ player: address, title }) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", ALLOWED);
  frame.src = address;
  requestAnimationFrame(() => frame.focus());
  return frame;
}

offerPlayers(document);
