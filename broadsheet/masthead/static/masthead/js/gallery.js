/* A gallery is a strip that scrolls; buttons and a count are added for those who prefer them. */

function addGalleryButtons(root) {
  for (const gallery of root.querySelectorAll("[data-gallery]")) {
    const strip = gallery.querySelector("[data-gallery-strip]");
    const photos = [...strip.children];
    if (photos.length < 2) continue;
    gallery.append(controls(gallery.dataset, strip, photos));
  }
}

function controls({ previous, next }, strip, photos) {
  const bar = document.createElement("div");
  bar.className = "gallery__buttons";
  const count = document.createElement("span");
  const back = button(previous, "←", () => show(strip, photos[Math.max(0, current(strip, photos) - 1)]));
  const on = button(next, "→", () => show(strip, photos[Math.min(photos.length - 1, current(strip, photos) + 1)]));
  const tell = () => {
    count.textContent = `${current(strip, photos) + 1} / ${photos.length}`;
  };
  strip.addEventListener("scroll", tell, { passive: true });
  tell();
  bar.append(back, on, count);
  return bar;
}

function button(label, sign, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = sign;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", act);
  return element;
}

function current(strip, photos) {
  const start = strip.getBoundingClientRect();
  const isRtl = getComputedStyle(strip).direction === "rtl";
  const offsets = photos.map((photo) => {
    const box = photo.getBoundingClientRect();
    return Math.abs(isRtl ? box.right - start.right : box.left - start.left);
  });
  return offsets.indexOf(Math.min(...offsets));
}

function show(strip, photo) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  photo.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest", inline: "start" });
}

addGalleryButtons(document);
