// Ranks dragged from place to place; the buttons « Monter » and « Descendre » do it by keyboard.

export function orderByDragging(list, form) {
  if (!list || list.children.length < 2) return;
  let dragged = null;
  for (const item of list.children) {
    const rank = item.querySelector(".rank");
    rank.draggable = true;
    rank.title = "Faire glisser pour changer l’ordre";
    rank.addEventListener("dragstart", (event) => {
      dragged = item;
      item.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", item.dataset.annex);
    });
    rank.addEventListener("dragend", () => {
      dragged = null;
      for (const other of list.children) other.classList.remove("dragged", "drop-before", "drop-after");
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      item.classList.toggle("drop-before", before(item, event));
      item.classList.toggle("drop-after", !before(item, event));
    });
    item.addEventListener("dragleave", () => item.classList.remove("drop-before", "drop-after"));
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      item[before(item, event) ? "before" : "after"](dragged);
      const inputs = new Map([...form.querySelectorAll("[name=ids]")].map((input) => [input.value, input]));
      for (const one of list.children) form.append(inputs.get(one.dataset.annex));
      form.submit();
    });
  }
}

function before(item, event) {
  const box = item.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2;
}
