// Links, notes and images: each asked for in a small window, and opened again to be mended.
import { Document, Editor, Paragraph } from "../../django_prose_editor/editor.js";
import { ask, make } from "./dialogs.js";
import { marksOfANote } from "./schema.js";
import { Typography } from "./typography.js";

export async function editLink(editor) {
  const { href } = editor.getAttributes("link");
  const words = !href && editor.state.selection.empty;
  const values = await ask({
    title: href ? "Modifier le lien" : "Insérer un lien",
    fields: [
      ...(words ? [{ name: "text", label: "Mots du lien", required: true }] : []),
      { name: "href", label: "Adresse", value: href ?? "", required: true, help: "https://… ou mailto:…", attributes: { inputmode: "url", spellcheck: "false" } },
    ],
    submit: href ? "Garder" : "Insérer",
    other: href ? "Retirer le lien" : null,
    check: ({ href: address }) => (/^(https?:\/\/|mailto:)\S+$/i.test(address) ? "" : "L’adresse doit commencer par https:// ou mailto:."),
  });
  if (!values) return editor.commands.focus();
  const chain = editor.chain().focus();
  if (values.other) return chain.extendMarkRange("link").unsetLink().run();
  const mark = { type: "link", attrs: { href: values.href } };
  if (words) return chain.insertContent({ type: "text", text: values.text, marks: [mark] }).run();
  return (href ? chain.extendMarkRange("link") : chain).setLink({ href: values.href }).run();
}

/** Write a note where the cursor is, or mend the one at `pos`. */
export async function editNote(editor, pos = null) {
  const node = pos === null ? null : editor.state.doc.nodeAt(pos);
  if (!node && editor.state.selection.$from.parent.type.name === "heading") return "Une note ne s’appelle pas d’un titre : placez-la dans le texte.";
  const element = make("div", { class: "note-field act-text" });
  const content = { type: "doc", content: [{ type: "paragraph", content: node ? node.content.toJSON() ?? [] : [] }] };
  const small = new Editor({
    element, content, injectCSS: false,
    extensions: [Document.extend({ content: "paragraph" }), Paragraph, ...marksOfANote, Typography],
    editorProps: { attributes: { role: "textbox", "aria-label": "Texte de la note", lang: "fr", spellcheck: "true" } },
  });
  queueMicrotask(() => small.commands.focus("end"));
  const values = await ask({
    title: node ? "Modifier la note" : "Insérer une note de bas de page",
    fields: [{ label: "Texte de la note", element }],
    submit: node ? "Garder" : "Insérer",
    other: node ? "Supprimer la note" : null,
    check: () => (small.isEmpty ? "La note est vide : écrivez-la, ou annulez." : ""),
  });
  const words = small.state.doc.firstChild.content.toJSON();
  small.destroy();
  editor.commands.focus();
  if (!values) return "";
  editor.commands.command(({ tr, state }) => {
    if (values.other) tr.delete(pos, pos + node.nodeSize);
    else {
      const made = state.schema.nodeFromJSON({ type: "footnote", content: words });
      if (node) tr.replaceWith(pos, pos + node.nodeSize, made);
      else tr.replaceSelectionWith(made, false);
    }
    return true;
  });
  return "";
}

const WIDTHS = [["100", "Toute la largeur"], ["75", "Trois quarts"], ["50", "La moitié"], ["33", "Un tiers"], ["25", "Un quart"]];

/** Insert an image, its alternative text asked; or mend the one that is chosen. */
export async function editImage(editor, server, given = null) {
  const chosen = editor.state.selection.node?.type.name === "image" ? editor.state.selection.node.attrs : null;
  const alt = {
    name: "alt", label: "Texte de remplacement", type: "textarea", required: true, value: chosen?.alt,
    help: "Ce que l’image montre, pour qui ne la voit pas : il est lu à sa place et imprimé dans l’acte accessible.",
  };
  const file = { name: "file", label: "Image PNG ou JPEG, 20 Mo au plus", type: "file", required: true, attributes: { accept: "image/png,image/jpeg" } };
  let sha256 = chosen?.sha256;
  const values = await ask({
    title: chosen ? "Modifier l’image" : "Insérer une image",
    fields: [
      ...(chosen || given ? [] : [file]),
      alt,
      { name: "width", label: "Largeur", value: chosen?.width ?? 100, options: WIDTHS },
    ],
    submit: chosen ? "Garder" : "Insérer",
    other: chosen ? "Retirer l’image" : null,
    check: async (asked) => {
      if (sha256) return "";
      const answer = await server.send(given ?? asked.file);
      sha256 = answer.sha256;
      return sha256 ? "" : answer.sentence;
    },
  });
  const chain = editor.chain().focus();
  if (!values) return chain.run();
  if (values.other) return chain.deleteSelection().run();
  const attrs = { sha256, alt: values.alt, width: Number(values.width) };
  return chosen ? chain.updateAttributes("image", attrs).run() : chain.insertContent({ type: "image", attrs }).run();
}
