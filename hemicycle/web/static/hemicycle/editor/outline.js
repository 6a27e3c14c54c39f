// The structure of the text beside it: titles, or visas, considérants and articles; each leads to its place.
import { blocksOf } from "./articles.js";
import { make } from "./dialogs.js";

const NAMES = { recital: "Visas", report: "Rapport", whereas: "Considérants", verb: "Dispositif", article: "Dispositif" };
const short = (text) => (text.length > 64 ? `${text.slice(0, 63).trimEnd()}…` : text);

export function drawOutline(place, editor, deliberation) {
  const blocks = blocksOf(editor.state.doc);
  const lines = deliberation ? parts(blocks) : titles(blocks);
  const key = JSON.stringify(lines);
  if (place.dataset.drawn === key) return;
  place.dataset.drawn = key;
  place.replaceChildren(...(lines.length
    ? lines.map((line) => drawn(line, editor))
    : [make("li", { class: "muted small" }, deliberation ? "Les visas, les considérants et les articles paraîtront ici." : "Les titres du texte paraîtront ici.")]));
}

const titles = (blocks) => blocks
  .filter(({ node, text }) => node.type.name === "heading" && text)
  .map(({ node, pos, text }) => ({ text: short(text), pos, css: `level-${node.attrs.level}` }));

function parts(blocks) {
  const lines = [];
  let group = "";
  for (const { pos, text, part } of blocks) {
    if (part === "other" || part === "hinge") continue;
    if (NAMES[part] !== group) lines.push({ name: (group = NAMES[part]) });
    lines.push({ text: short(text), pos, css: part });
  }
  return lines;
}

function drawn({ name, text, pos, css }, editor) {
  if (name) return make("li", { class: "outline-name" }, name);
  const button = make("button", { type: "button", class: "link" }, text);
  button.addEventListener("click", () => {
    editor.chain().focus().setTextSelection(pos + 1).run();
    const dom = editor.view.nodeDOM(pos);
    (dom instanceof Element ? dom : editor.view.dom).scrollIntoView({ block: "center" });
  });
  return make("li", { class: css }, button);
}

/** The notes of the text under it, in their order; each opens. */
export function drawNotes(place, editor, open) {
  const notes = [];
  editor.state.doc.descendants((node, pos) => { if (node.type.name === "footnote") notes.push([pos, node.textContent]); });
  place.hidden = notes.length === 0;
  const key = JSON.stringify(notes);
  const list = place.querySelector("ol");
  if (list.dataset.drawn === key) return;
  list.dataset.drawn = key;
  list.replaceChildren(...notes.map(([pos, text]) => {
    const button = make("button", { type: "button", class: "link" }, text);
    button.addEventListener("click", () => open(pos));
    return make("li", {}, button);
  }));
}
