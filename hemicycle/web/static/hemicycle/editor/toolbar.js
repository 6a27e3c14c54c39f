// The bar above the text: words before pictures, one stop of the Tab key per row, the arrows inside (WAI-ARIA toolbar).
import { insertPart } from "./articles.js";
import { make } from "./dialogs.js";
import { editImage, editLink, editNote } from "./insertions.js";
import { align, chooseColumn, insertTable, nameTable, totalRow } from "./tables.js";
import { SIGNS, isOn, turn } from "./typography.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const keys = (shortcut) => shortcut.replaceAll("Mod", MAC ? "⌘" : "Ctrl").replaceAll("Shift", "Maj").replaceAll("Space", "Espace").replaceAll("-", " + ");
const aria = (shortcut) => shortcut.replaceAll("Mod", MAC ? "Meta" : "Control").replaceAll("-", "+");
const run = (name, ...args) => (editor) => editor.chain().focus()[name](...args).run();

/** [name, face, what it does, {key, active, css}] */
const MARKS = [
  ["Gras", "G", run("toggleBold"), { key: "Mod-B", active: "bold", css: "is-bold" }],
  ["Italique", "I", run("toggleItalic"), { key: "Mod-I", active: "italic", css: "is-italic" }],
  ["Souligné", "S", run("toggleUnderline"), { key: "Mod-U", active: "underline", css: "is-underlined" }],
  ["Exposant", "x²", run("toggleSuperscript"), { key: "Mod-.", active: "superscript" }],
  ["Indice", "x₂", run("toggleSubscript"), { key: "Mod-,", active: "subscript" }],
];
const LISTS = [
  ["Liste à puces", "• Liste", run("toggleBulletList"), { key: "Mod-Shift-8", active: "bulletList" }],
  ["Liste numérotée", "1. Liste", run("toggleOrderedList"), { key: "Mod-Shift-7", active: "orderedList" }],
  ["Citation", "Citation", run("toggleBlockquote"), { key: "Mod-Shift-B", active: "blockquote" }],
];
const HISTORY = [
  ["Annuler", "Annuler", run("undo"), { key: "Mod-Z" }],
  ["Rétablir", "Rétablir", run("redo"), { key: "Mod-Y" }],
];
const PARTS = [
  ["Insérer un visa", "Vu", (editor) => insertPart(editor, "recital"), {}],
  ["Insérer un considérant", "Considérant", (editor) => insertPart(editor, "whereas"), {}],
  ["Insérer la formule et le verbe", "Décide", (editor) => insertPart(editor, "verb"), {}],
  ["Insérer un article", "Article", (editor) => insertPart(editor, "article"), { key: "Mod-Alt-A" }],
];
const TABLE = [
  ["Insérer une ligne au-dessus", "Ligne dessus", run("addRowBefore"), {}],
  ["Insérer une ligne au-dessous", "dessous", run("addRowAfter"), {}],
  ["Supprimer la ligne", "supprimer", run("deleteRow"), { css: "is-grave" }],
  null,
  ["Insérer une colonne avant", "Colonne avant", run("addColumnBefore"), {}],
  ["Insérer une colonne après", "après", run("addColumnAfter"), {}],
  ["Supprimer la colonne", "supprimer", run("deleteColumn"), { css: "is-grave" }],
  ["Choisir toute la colonne", "choisir", chooseColumn, {}],
  null,
  ["Fusionner les cellules choisies", "Fusionner", run("mergeCells"), { can: "mergeCells" }],
  ["Scinder la cellule", "Scinder", run("splitCell"), { can: "splitCell" }],
  ["Première ligne en titres", "Titres", run("toggleHeaderRow"), {}],
  ["Dernière ligne en total", "Total", totalRow, {}],
  null,
  ["Caler à gauche", "Gauche", (editor) => align(editor, "left"), {}],
  ["Centrer", "Centre", (editor) => align(editor, "center"), {}],
  ["Caler à droite", "Droite", (editor) => align(editor, "right"), {}],
  null,
  ["Légende du tableau", "Légende", nameTable, {}],
  ["Supprimer le tableau", "Supprimer le tableau", run("deleteTable"), { css: "is-grave" }],
];
const STYLES = [["0", "Paragraphe"], ["1", "Titre 1"], ["2", "Titre 2"], ["3", "Titre 3"], ["4", "Titre 4"]];

export class Toolbar {
  constructor({ editor, config, server, tell }) {
    Object.assign(this, { editor, config, server, tell, faces: [] });
    this.element = make("div", { class: "editor-tools", role: "toolbar", "aria-label": "Mise en forme (Alt + F10)", "aria-controls": "texte" });
    this.#main();
    const second = this.#row(config.deliberation ? "Insérer" : "", config.deliberation ? PARTS : [], "parts");
    second.append(make("span", { class: "editor-group" }, this.#signs(), this.#switch()), this.#group(HISTORY));
    this.table = this.#row("Tableau", TABLE, "in-table");
    this.table.hidden = true;
    this.#roving();
    editor.on("transaction", () => this.soon());
    this.#refresh();
  }

  #main() {
    const inserts = [
      ["Lien", "Lien", editLink, { key: "Mod-K", active: "link" }],
      ["Note de bas de page", "Note", (editor) => this.#note(editor), { key: "Mod-Alt-F" }],
      ["Insérer un tableau", "Tableau", insertTable, { key: "Mod-Alt-T" }],
      ...(this.config.urls.image ? [["Image", "Image", () => this.image(), { key: "Mod-Alt-I", active: "image" }]] : []),
    ];
    const row = make("div", { class: "editor-row", role: "group", "aria-label": "Texte" }, this.#styles());
    for (const group of [MARKS, LISTS, inserts]) row.append(this.#group(group));
    this.element.append(row);
  }

  async #note(editor) {
    const refusal = await editNote(editor);
    if (refusal) this.tell("warning", refusal);
  }

  image(file = null) {
    return editImage(this.editor, this.server, file);
  }

  #row(name, entries, css) {
    const row = make("div", { class: `editor-row ${css}`, role: "group", "aria-label": name || "Signes" });
    if (name) row.append(make("span", { class: "editor-row-name", "aria-hidden": "true" }, name));
    let group = [];
    for (const entry of [...entries, null]) {
      if (entry) group.push(entry);
      else if (group.length) { row.append(this.#group(group)); group = []; }
    }
    this.element.append(row);
    return row;
  }

  #group(entries) {
    return make("span", { class: "editor-group" }, ...entries.map((entry) => this.#button(entry)));
  }

  #button([name, face, action, { key = "", active = "", can = "", css = "" }]) {
    const title = key ? `${name} (${keys(key)})` : name;
    const button = make("button", { type: "button", class: `tool ${css}`, title, "aria-label": name, "aria-keyshortcuts": key ? aria(key) : null }, face);
    if (active && active !== "link" && active !== "image") button.setAttribute("aria-pressed", "false");
    // The selection stays where it is in the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => { if (this.editor.isEditable) action(this.editor); });
    this.faces.push({ button, active, can });
    return button;
  }

  #styles() {
    this.style = make("select", { class: "tool", "aria-label": "Style du paragraphe", title: "Style du paragraphe (Ctrl + Alt + 1 à 4, 0 pour un paragraphe)" }, ...STYLES.map(([value, label]) => make("option", { value }, label)));
    this.style.addEventListener("change", () => {
      const level = Number(this.style.value);
      const chain = this.editor.chain().focus();
      if (level && this.#holdsNote()) this.tell("warning", "Une note ne s’appelle pas d’un titre : déplacez-la d’abord dans le texte.");
      else (level ? chain.setHeading({ level }) : chain.setParagraph()).run();
    });
    return make("span", { class: "editor-group" }, this.style);
  }

  #holdsNote() {
    let found = false;
    this.editor.state.selection.$from.parent.forEach((node) => { found ||= node.type.name === "footnote"; });
    return found;
  }

  #signs() {
    const panel = make("div", { class: "editor-signs", id: "signes", popover: "auto", role: "group", "aria-label": "Signes et espaces" });
    for (const [text, name, face] of SIGNS) {
      const button = make("button", { type: "button", class: "tool", title: name, "aria-label": name }, face ?? text.trim());
      button.addEventListener("click", () => {
        panel.hidePopover();
        this.editor.chain().focus().insertContent({ type: "text", text }).run();
      });
      panel.append(button);
    }
    const button = make("button", { type: "button", class: "tool", popovertarget: "signes", title: "Signes et espaces insécables", "aria-label": "Signes et espaces insécables" }, "Signes");
    button.addEventListener("mousedown", (event) => event.preventDefault());
    panel.addEventListener("toggle", ({ newState }) => {
      if (newState !== "open") return;
      const { left, bottom } = button.getBoundingClientRect();
      panel.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - panel.offsetWidth - 8))}px`);
      panel.style.setProperty("top", `${bottom + 4}px`);
    });
    this.signs = panel;
    this.faces.push({ button, active: "", can: "" });
    return button;
  }

  #switch() {
    const button = make("button", { type: "button", class: "tool", title: "Typographie française au fil de la frappe : « », ’, espaces insécables", "aria-label": "Typographie française", "aria-pressed": String(isOn()) }, "« ’ »");
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => { turn(!isOn()); button.setAttribute("aria-pressed", String(isOn())); });
    this.faces.push({ button, active: "", can: "" });
    return button;
  }

  // --- Keyboard

  #roving() {
    const all = () => [...this.element.querySelectorAll(".tool")].filter((tool) => tool.offsetParent !== null && !tool.closest("[popover]"));
    // One stop of the Tab key per row: where a row is wider than the screen, the keyboard must reach into it.
    for (const row of this.element.children) row.querySelectorAll(".tool").forEach((tool, i) => { tool.tabIndex = i === 0 ? 0 : -1; });
    this.element.addEventListener("focusin", ({ target }) => {
      if (!target.matches(".tool")) return;
      target.closest(".editor-row").querySelectorAll(".tool").forEach((tool) => { tool.tabIndex = tool === target ? 0 : -1; });
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); this.editor.commands.focus(); return; }
      const tools = all();
      const here = tools.indexOf(document.activeElement);
      const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: tools.length - 1 }[event.key];
      if (to === undefined || here < 0) return;
      event.preventDefault();
      tools[(to + tools.length) % tools.length].focus();
    });
  }

  focus() {
    const tools = [...this.element.querySelectorAll(".tool")];
    (tools.find((tool) => tool.tabIndex === 0 && tool.offsetParent !== null) ?? tools[0]).focus();
  }

  // --- What is on

  soon() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => { this.pending = 0; this.#refresh(); });
  }

  #refresh() {
    const { editor } = this;
    const still = !editor.isEditable;
    this.element.toggleAttribute("data-still", still);
    for (const { button, active, can } of this.faces) {
      if (button.hasAttribute("aria-pressed") && active) button.setAttribute("aria-pressed", String(editor.isActive(active)));
      button.setAttribute("aria-disabled", String(still || (can !== "" && !editor.can()[can]())));
    }
    this.style.disabled = still;
    // A menu that is off takes no focus, and its row must keep a stop of the Tab key.
    if (still && this.style.tabIndex === 0) { this.style.tabIndex = -1; this.faces[0].button.tabIndex = 0; }
    this.style.value = String(editor.isActive("heading") ? editor.getAttributes("heading").level : 0);
    this.table.hidden = !editor.isActive("table");
  }
}
