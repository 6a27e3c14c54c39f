// The keys of people who work here all day. Everything they do can be done without them.
//   /  search     j k  next, previous line     Enter  open (the line's own link has the focus)
//   x  choose the line     v  go to the visa
// A page marks its lines with data-line (a row holding a link, perhaps a checkbox.pick) and its visa with data-visa.

const OFF = "hemicycle.shortcuts.off";
const isOff = () => localStorage.getItem(OFF) === "1";
const isTyping = (target) => target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

const lines = () => [...document.querySelectorAll("[data-line]")];
const here = () => document.activeElement?.closest("[data-line]");

function move(step) {
  const all = lines();
  if (!all.length) return;
  const next = all[Math.min(Math.max(all.indexOf(here()) + step, 0), all.length - 1)];
  const link = next.querySelector(".object a[href]") ?? next.querySelector("a[href]");
  link?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function choose() {
  const box = here()?.querySelector("input.pick");
  if (box) box.click();
}

function goToVisa() {
  const place = document.querySelector("[data-visa]");
  if (!place) return;
  if (!place.matches("a, button, input, textarea, select")) place.setAttribute("tabindex", "-1");
  place.focus();
  place.scrollIntoView({ block: "center" });
}

const KEYS = {
  "/": () => document.querySelector(".search input")?.focus(),
  j: () => move(1),
  k: () => move(-1),
  x: choose,
  v: goToVisa,
};

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  const action = KEYS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// "3 dossiers choisis": the batch bar itself appears by CSS.
document.addEventListener("change", (event) => {
  if (!event.target.matches("input.pick")) return;
  const form = event.target.form;
  const count = form?.querySelector("[data-batch-count]");
  if (!count) return;
  const chosen = form.querySelectorAll("input.pick:checked").length;
  const word = count.dataset.batchCount || "dossier";
  count.textContent = chosen > 1 ? `${chosen} ${word}s choisis` : `${chosen} ${word} choisi`;
});

const toggle = document.querySelector("[data-shortcuts]");
if (toggle) {
  const show = () => { toggle.textContent = isOff() ? "Activer les raccourcis" : "Désactiver les raccourcis"; };
  toggle.hidden = false;
  show();
  toggle.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    show();
  });
}
