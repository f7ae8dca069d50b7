// Keys for the queue, heard only while something in it has the focus: j and k move from item to item, x chooses one.

const queue = document.querySelector("[data-wire-queue]");

function rows() {
  return [...queue.querySelectorAll(".wire-row")];
}

function go(from, steps) {
  const all = rows();
  const next = all[all.indexOf(from) + steps];
  next?.querySelector(".wire-row__headline a").focus();
}

queue?.addEventListener("keydown", (event) => {
  const row = event.target.closest(".wire-row");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (event.key === "j") {
    go(row, 1);
  } else if (event.key === "k") {
    go(row, -1);
  } else if (event.key === "x") {
    const box = row.querySelector("[name=item]");
    box.checked = !box.checked;
  } else {
    return;
  }
  event.preventDefault();
});
