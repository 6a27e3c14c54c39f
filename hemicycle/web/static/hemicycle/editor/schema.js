// The nodes and marks of a text, as texts.tree.clean reads them: nothing else can be written.
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem,
  Node, OrderedList, Paragraph, Placeholder, SpecialCharacters, Subscript, Superscript, Table, TableCell, TableHeader,
  TableRow, Text, TrailingNode, Underline, mergeAttributes,
} from "../../django_prose_editor/editor.js";

// Alignment is a class: the site's policy has no inline style.
const align = {
  default: null,
  parseHTML: (cell) => (/\balign-(left|right|center)\b/.exec(cell.className) ?? [])[1] ?? null,
  renderHTML: ({ align }) => (align ? { class: `align-${align}` } : {}),
};
const aligned = { addAttributes() { return { ...this.parent?.(), align }; } };

const CaptionedTable = Table.extend({
  addAttributes() {
    const caption = {
      default: "",
      parseHTML: (table) => table.dataset.caption ?? "",
      renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
    };
    return { ...this.parent?.(), caption };
  },
  renderHTML({ HTMLAttributes }) {
    return ["div", { class: "table-scroll" }, ["table", HTMLAttributes, ["tbody", 0]]];
  },
  // The plain rendering above, without the column widths of the wheel's own view.
  addNodeView() { return null; },
});

const picture = (images) => Node.create({
  name: "image",
  group: "block",
  atom: true,
  draggable: true,
  addAttributes: () => ({ sha256: { default: "" }, alt: { default: "" }, width: { default: 100 } }),
  parseHTML() {
    const getAttrs = (figure) => ({
      sha256: figure.dataset.sha256, alt: figure.dataset.alt, width: Number(figure.dataset.width) || 100,
    });
    return [{ tag: "figure[data-sha256]", getAttrs }];
  },
  renderHTML({ node }) {
    const { sha256, alt, width } = node.attrs;
    const figure = { class: "image", "data-sha256": sha256, "data-alt": alt, "data-width": width };
    return ["figure", figure, ["img", { src: images + sha256, alt, width: `${width}%` }]];
  },
});

// A note stands where it is called, as a number; its words are written in a small window.
const note = (open) => Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  content: "text*",
  atom: true,
  parseHTML: () => [{ tag: "sup[data-note]", priority: 80 }],
  renderHTML: ({ HTMLAttributes }) => ["sup", mergeAttributes(HTMLAttributes, { "data-note": "" }), 0],
  addNodeView: () => ({ node, getPos }) => {
    const dom = document.createElement("span");
    dom.className = "note-call";
    dom.setAttribute("role", "img");
    const name = (called) => {
      dom.title = called.textContent;
      dom.setAttribute("aria-label", `Note : ${called.textContent}`);
    };
    name(node);
    dom.addEventListener("dblclick", () => open(getPos()));
    const update = (other) => {
      if (other.type.name !== "footnote") return false;
      name(other);
      return true;
    };
    return { dom, update };
  },
});

export const marksOfANote = [Text, Bold, Italic, Underline, Superscript, Subscript];

export function extensions({ images, openNote, placeholder }) {
  return [
    Document, Paragraph, Text, HardBreak, Bold, Italic, Underline, Superscript, Subscript,
    Heading.configure({ levels: [1, 2, 3, 4] }),
    BulletList, OrderedList, ListItem.extend({ content: "block+" }), Blockquote,
    Link.configure({ openOnClick: false, autolink: false, linkOnPaste: false, protocols: ["mailto"] })
      .extend({ addKeyboardShortcuts: () => ({}) }),
    CaptionedTable.configure({ resizable: false, allowTableNodeSelection: true }),
    TableRow, TableCell.extend(aligned), TableHeader.extend(aligned),
    picture(images), note(openNote),
    Gapcursor, Dropcursor, SpecialCharacters, TrailingNode, History,
    Placeholder.configure({ placeholder, showOnlyWhenEditable: true }),
  ];
}

// The tree that is sent: what the editor adds for itself stays here.
export function treeOf(doc) {
  return tidy(doc.toJSON());
}

function tidy(node) {
  if (node.type === "footnote") return { type: node.type, content: (node.content ?? []).map(tidy) };
  const kept = { ...node };
  if (node.content) {
    kept.content = node.content.filter((child) => child.type !== "footnote" || child.content?.length).map(tidy);
  }
  if (node.marks) kept.marks = node.marks.map(({ type, attrs }) => (type === "link" ? { type, attrs: { href: attrs.href } } : { type }));
  return kept;
}

export const opened = (tree) => (tree.content?.length ? tree : { type: "doc", content: [{ type: "paragraph" }] });
