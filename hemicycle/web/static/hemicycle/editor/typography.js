// French typography as one types: « », ’, … and the spaces that do not break. Backspace undoes the last of them.
// The same rules as texts/typography.py; the switch is kept on this machine.
import { Extension, InputRule } from "../../django_prose_editor/editor.js";

export const NBSP = "\u00a0";
export const NARROW = "\u202f";
const ANY = `[ ${NBSP}${NARROW}]`;
const OFF = "hemicycle.typographie.off";

export const isOn = () => localStorage.getItem(OFF) !== "1";
export const turn = (on) => localStorage.setItem(OFF, on ? "0" : "1");

// Inside an address or an e-mail nothing is French.
const isAddress = (text) => /(?:\/\/|www\.|@)\S*$/.test(text);

const RULES = [
  [/(^|[\s([’'—–-])"$/u, (m) => `${m[1]}«${NBSP}`],
  [new RegExp(`(\\S)${ANY}?"$`, "u"), (m) => `${m[1]}${NBSP}»`],
  [/(^|\s)<<$/u, (m) => `${m[1]}«${NBSP}`],
  [new RegExp(`(\\S)${ANY}?>>$`, "u"), (m) => `${m[1]}${NBSP}»`],
  [new RegExp(`«${NBSP} $`, "u"), () => `«${NBSP}`],
  [/«([^\s\u00a0])$/u, (m) => `«${NBSP}${m[1]}`],
  [new RegExp(`(\\S)${ANY}?»$`, "u"), (m) => `${m[1]}${NBSP}»`],
  [/'$/u, () => "’"],
  [/\.\.\.$/u, () => "…"],
  [new RegExp(`([\\p{L}\\p{N}»)\\]’%€])${ANY}?([;!?])$`, "u"), (m) => `${m[1]}${NARROW}${m[2]}`],
  [/([\p{L}\p{N}»)\]%€]) :$/u, (m) => `${m[1]}${NBSP}:`],
  [/(^|[^\d\u202f])(\d{1,3}(?:\u202f\d{3})*) (\d{3})$/u, (m) => `${m[1]}${m[2]}${NARROW}${m[3]}`],
  [/(\d) €$/u, (m) => `${m[1]}${NBSP}€`],
  [/(\d) ?%$/u, (m) => `${m[1]}${NARROW}%`],
];

const rule = ([find, replace]) => new InputRule({
  find,
  handler: ({ state, range, match }) => {
    if (!isOn()) return null;
    const before = state.doc.resolve(range.to).parent.textBetween(0, state.doc.resolve(range.to).parentOffset, "", " ");
    if (isAddress(before)) return null;
    const written = replace(match);
    if (written === match[0]) return null;
    state.tr.insertText(written, range.from, range.to);
  },
});

export const Typography = Extension.create({
  name: "frenchTypography",
  addInputRules: () => RULES.map(rule),
  addKeyboardShortcuts() {
    const insert = (text) => () => this.editor.commands.insertContent({ type: "text", text });
    return { "Mod-Shift-Space": insert(NBSP), "Mod-Alt-Space": insert(NARROW) };
  },
});

export const SIGNS = [
  [NBSP, "Espace insécable", "insécable"], [NARROW, "Espace fine insécable", "fine"], ["\u2011", "Trait d’union insécable", "tiret inséc."],
  ["«" + NBSP, "Guillemet ouvrant", "«"], [NBSP + "»", "Guillemet fermant", "»"], ["’", "Apostrophe"], ["…", "Points de suspension"],
  ["–", "Tiret demi-cadratin"], ["—", "Tiret cadratin"], ["°", "Degré"], ["n°" + NBSP, "Numéro", "n°"], ["§", "Paragraphe"],
  ["€", "Euro"], ["‰", "Pour mille"], ["½", "Un demi"], ["¼", "Un quart"], ["¾", "Trois quarts"], ["×", "Multiplié par"], ["±", "Plus ou moins"],
  ["≤", "Inférieur ou égal"], ["≥", "Supérieur ou égal"], ["→", "Flèche"],
  ["À", "A accent grave"], ["Ç", "C cédille"], ["É", "E accent aigu"], ["È", "E accent grave"], ["Ê", "E accent circonflexe"],
  ["Œ", "E dans l’O, majuscule"], ["œ", "E dans l’O"], ["æ", "E dans l’A"], ["ÿ", "Y tréma"],
];
