// What is pasted: our own text as it is, that of Word, LibreOffice, Excel or a page cleaned by the server.

const MOST = 5_000_000;

export function paster({ server, tell, insertImage }) {
  return (editor) => (view, event) => {
    const clipboard = event.clipboardData;
    if (!clipboard || !editor().isEditable) return false;
    const html = clipboard.getData("text/html");
    const image = [...clipboard.files].find(({ type }) => type === "image/png" || type === "image/jpeg");
    if (image && (!html || !clipboard.getData("text/plain")) && insertImage) {
      insertImage(image);
      return true;
    }
    // Ours, from this editor or another of ours; or no formatting at all.
    if (!html || html.includes("data-pm-slice")) return false;
    event.preventDefault();
    clean(editor(), html, clipboard.getData("text/plain"), server, tell);
    return true;
  };
}

async function clean(editor, html, plain, server, tell) {
  if (html.length > MOST) {
    tell("warning", "Le texte collé dépasse 5 millions de caractères : il n’est pas inséré. Importez plutôt le fichier .docx ou .odt ; votre texte n’a pas changé.");
    return;
  }
  const bookmark = editor.state.selection.getBookmark();
  const doc = editor.state.doc;
  const answer = await server.ask("paste", { html });
  if (editor.state.doc.eq(doc)) editor.view.dispatch(editor.state.tr.setSelection(bookmark.resolve(editor.state.doc)));
  if (answer.status === 200) {
    insert(editor, answer.content);
    if (answer.notes.length) tell("info", "Ce que le collage a réglé :", answer.notes);
  } else if (answer.sentence) {
    tell("warning", answer.sentence);
  } else {
    editor.chain().focus().insertContent(paragraphs(plain)).run();
    tell("info", "Collé sans mise en forme : le serveur ne répond pas.");
  }
}

function insert(editor, blocks) {
  if (!blocks.length) return;
  const words = blocks.length === 1 && blocks[0].type === "paragraph" ? blocks[0].content : blocks;
  editor.chain().focus().insertContent(words).run();
}

const paragraphs = (plain) => plain.split(/\r?\n/).filter((line) => line.trim())
  .map((text) => ({ type: "paragraph", content: [{ type: "text", text }] }));
