// The editor of a text: live under a lease while one drafts, or inside a form (hemicycle/web/editor.py).
import { Editor, Extension } from "../../django_prose_editor/editor.js";
import { Articles, insertPart } from "./articles.js";
import { ask, make } from "./dialogs.js";
import { editLink, editNote } from "./insertions.js";
import { Keeping } from "./keeping.js";
import { drawNotes, drawOutline } from "./outline.js";
import { paster } from "./pasting.js";
import { Saving } from "./saving.js";
import { extensions, opened, treeOf } from "./schema.js";
import { Server } from "./server.js";
import { insertTable } from "./tables.js";
import { Toolbar } from "./toolbar.js";
import { Typography } from "./typography.js";

const root = document.querySelector("[data-editor]");
const config = JSON.parse(document.getElementById("editeur-donnees").textContent);
const find = (name) => document.querySelector(`[data-editor-${name}]`);
const server = new Server(config.urls);
let saving = null;
let toolbar = null;

const openNote = (pos = null) => (editor.isEditable ? editNote(editor, pos) : null);

/** Keys of the house; Escape, then Tab, leaves the text even from inside a table. */
const Keys = Extension.create({
  name: "keys",
  priority: 1100,
  addKeyboardShortcuts() {
    const chosen = (name) => this.editor.state.selection.node?.type.name === name;
    return {
      "Alt-F10": () => { toolbar.focus(); return true; },
      "Mod-s": () => { saving?.save({ asked: true }); return saving !== null; },
      "Mod-k": () => { editLink(this.editor); return true; },
      "Mod-Alt-f": () => { openNote(); return true; },
      "Mod-Alt-t": () => { insertTable(this.editor); return true; },
      "Mod-Alt-i": () => { if (config.urls.image) toolbar.image(); return Boolean(config.urls.image); },
      "Mod-Alt-a": () => config.deliberation && insertPart(this.editor, "article"),
      Enter: () => {
        if (chosen("footnote")) openNote(this.editor.state.selection.from);
        else if (chosen("image") && config.urls.image) toolbar.image();
        else return false;
        return true;
      },
    };
  },
});

const name = config.deliberation ? "projet de délibération" : "rapport";
const paste = paster({ server, tell, insertImage: config.urls.image ? (file) => toolbar.image(file) : null });
let leaving = false;

const editor = new Editor({
  element: find("page"),
  injectCSS: false,
  editable: !config.live,
  content: opened(config.content),
  extensions: [
    ...extensions({ images: config.urls.images, openNote, placeholder: `Écrivez ici le ${name}, ou collez-le depuis Word ou LibreOffice.` }),
    Typography, Keys, ...(config.deliberation ? [Articles.configure({ doubt: (sentence) => tell("info", sentence) })] : []),
  ],
  editorProps: {
    attributes: { class: "act-text", id: "texte", lang: "fr", spellcheck: "true", role: "textbox", tabindex: "0", "aria-multiline": "true", "aria-label": "Texte", "aria-describedby": "editeur-clavier" },
    handlePaste: (view, event) => paste(() => editor)(view, event),
    handleDOMEvents: {
      keydown: (view, event) => {
        if (event.key === "Tab" && leaving) return true;
        leaving = event.key === "Escape" || (leaving && event.key === "Shift");
        return false;
      },
    },
  },
});
// The paragraph that closes every text is there before one types.
editor.view.dispatch(editor.state.tr);
if (!editor.isEditable) editor.view.dom.setAttribute("aria-readonly", "true");

function say(state, sentence, link = null) {
  const line = find("state");
  find("doing").textContent = state === "doing" ? sentence : "";
  if (state === "doing") return;
  line.dataset.state = state;
  line.replaceChildren(sentence, ...(link ? [" ", make("a", { href: link.href, target: "_blank", rel: "noopener" }, link.text)] : []));
  editor.view.dom.setAttribute("aria-readonly", String(!editor.isEditable));
  if (config.live) find("save").hidden = !editor.isEditable;
  toolbar?.soon();
}

function tell(level, sentence, points = []) {
  const close = make("button", { type: "button", class: "btn quiet small" }, "Fermer");
  const list = points.length ? make("ul", {}, ...points.map((point) => make("li", {}, point))) : null;
  const message = make("div", { class: `message ${level}`, role: level === "warning" ? "alert" : "status" }, make("span", { "aria-hidden": "true" }), make("div", {}, sentence, ...(list ? [list] : []), " ", close));
  close.addEventListener("click", () => { message.remove(); editor.commands.focus(); });
  find("messages").replaceChildren(message);
}

/** A choice between two texts, or who writes: in the panel above the text. */
function offer(question) {
  const panel = find("panel");
  panel.hidden = question === null;
  if (question === null) return panel.replaceChildren();
  const { title, sentence, answer, actions } = question;
  const buttons = actions.map(([label, action, confirmation], i) => {
    const button = make("button", { type: "button", class: i === 0 ? "btn plain" : "btn quiet" }, label);
    button.addEventListener("click", async () => {
      if (confirmation && !(await ask({ title: `${label} ?`, text: confirmation, submit: label, grave: true }))) return;
      offer(null);
      await action();
    });
    return button;
  });
  const changes = answer?.html ? make("details", { open: true }, make("summary", {}, "Voir les différences"), differences(answer)) : null;
  panel.replaceChildren(...[make("h2", {}, title), make("p", {}, sentence), make("div", { class: "actions" }, ...buttons), changes].filter(Boolean));
  // Whoever is typing goes on typing.
  if (document.activeElement === document.body) panel.querySelector(".btn").focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
}

function differences({ summary, html }) {
  const shown = make("div", { class: "diff" });
  // Escaped by the server (texts/comparison_html.py): our own words, in our own elements.
  shown.innerHTML = html;
  return make("div", {}, make("p", { class: "small muted" }, summary), shown);
}

function show({ problems }) {
  const list = find("advice");
  if (!list) return;
  find("advice-block").hidden = problems.length === 0;
  list.replaceChildren(...problems.map((problem) => make("li", {}, make("span", {}, problem))));
}

function redraw() {
  if (find("outline")) drawOutline(find("outline"), editor, config.deliberation);
  drawNotes(find("notes"), editor, openNote);
}

toolbar = new Toolbar({ editor, config, server, tell });
find("tools").replaceChildren(toolbar.element);
root.append(toolbar.signs);
root.hidden = false;
document.documentElement.dataset.editing = "";
let drawing = 0;
editor.on("update", () => {
  clearTimeout(drawing);
  drawing = setTimeout(redraw, 200);
});
redraw();

if (config.live) {
  saving = new Saving({ editor, config, server, say, offer, show, tell });
  editor.on("update", () => saving.typed());
  find("save").addEventListener("click", () => saving.save({ asked: true }));
  await saving.start();
} else {
  inAForm();
}

/** The text leaves with the form around it; until the form is accepted, it is kept on this machine. */
function inAForm() {
  const keeping = new Keeping(config.key);
  const form = root.closest("form");
  const field = form.elements[config.field];
  let sent = true;
  keeping.setAside();
  field.value = JSON.stringify(treeOf(editor.state.doc));
  editor.on("update", () => {
    sent = false;
    field.value = JSON.stringify(treeOf(editor.state.doc));
    keeping.keep(config.base, treeOf(editor.state.doc));
    say("doing", "Modifié : rien n’est encore enregistré.");
  });
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("beforeunload", (event) => { if (!sent) event.preventDefault(); });
  offerKept(keeping);
}

async function offerKept(keeping) {
  const kept = keeping.aside();
  if (!kept) return;
  const answer = await server.ask("differences", { content: kept.content });
  if (answer.same) return keeping.forgetAside();
  offer({
    title: "Un texte de ce poste n’a pas été envoyé",
    sentence: "Voici ce qu’il changerait au texte du dossier.",
    answer,
    actions: [
      ["Reprendre ce texte", () => { editor.commands.setContent(opened(kept.content)); keeping.forgetAside(); }],
      ["L’abandonner", () => keeping.forgetAside(), "Abandonner le texte gardé sur ce poste ? Il ne pourra plus être repris."],
    ],
  });
}
