// The page of the annexes: dropped or chosen files go up in parts; the list is put in order by dragging its ranks.
// Without this script the forms of the page do the same.

import { Refused, send } from "./sending.js";
import { orderByDragging } from "./ordering.js";

const form = document.querySelector("[data-join]");
const zone = form.querySelector("[data-drop]");
const input = zone.querySelector("input[type=file]");
const weight = document.querySelector("[data-weight]");
const list = document.createElement("ol");
const all = document.createElement("p");
list.className = "uploads";
all.setAttribute("role", "status");

const mega = (bytes) => `${(bytes / 1048576).toLocaleString("fr", { maximumFractionDigits: 1 })} Mo`;

function line(file) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const told = document.createElement("span");
  name.className = "name";
  name.textContent = `${file.name} · ${mega(file.size)}`;
  bar.max = file.size || 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `Envoi de ${file.name}`);
  told.className = "told";
  told.textContent = "En attente";
  item.append(name, bar, told);
  list.append(item);
  return { item, bar, told };
}

function weigh() {
  const more = form.elements.to_control.checked ? [...input.files].reduce((sum, file) => sum + file.size, 0) : 0;
  const total = Number(weight.dataset.total) + more;
  weight.querySelector("meter").value = total;
  weight.querySelector("[data-weight-words]").textContent = more ? `${mega(total)} avec les fichiers choisis` : mega(total);
  weight.classList.toggle("late", total > 0.8 * Number(weight.dataset.limit));
}

function flagsFor(several) {
  const flags = Object.fromEntries(new FormData(form).entries());
  for (const name of ["file", "csrfmiddlewaretoken", ...(several ? ["title"] : [])]) delete flags[name];
  return flags;
}

async function sendAll(files) {
  const button = form.querySelector(".actions .btn");
  const flags = flagsFor(files.length > 1);
  const token = form.elements.csrfmiddlewaretoken.value;
  const whole = files.reduce((sum, file) => sum + file.size, 0);
  const lines = files.map(line);
  let before = 0;
  let refused = 0;
  button.disabled = true;
  for (const [rank, file] of files.entries()) {
    const { item, bar, told } = lines[rank];
    const say = (words) => { if (told.textContent !== words) told.textContent = words; };
    const progress = (come) => {
      bar.value = come;
      all.textContent = `Fichier ${rank + 1} sur ${files.length} : ${mega(before + come)} envoyés sur ${mega(whole)}`;
    };
    try {
      await send(file, { url: form.dataset.uploads, token, flags, progress, told: say });
      say("Joint");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused += 1;
      item.classList.add("refused");
      told.setAttribute("role", "alert");
      say(error.message);
    }
    before += file.size;
  }
  if (!refused) return location.assign(location.pathname);
  button.disabled = false;
  input.value = "";
  weigh();
  all.replaceChildren();
  const again = document.createElement("a");
  again.href = location.pathname;
  again.textContent = "Voir la liste à jour";
  all.append(`${files.length - refused} joint(s), ${refused} refusé(s). `, again);
}

zone.after(all, list);
input.addEventListener("change", weigh);
form.elements.to_control.addEventListener("change", weigh);
form.addEventListener("submit", (event) => {
  if (!input.files.length) return;
  event.preventDefault();
  list.replaceChildren();
  sendAll([...input.files]);
});
for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.toggle("over", over);
  });
}
zone.addEventListener("drop", (event) => {
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
orderByDragging(document.querySelector("[data-annex-list]"), document.querySelector("[data-order]"));
