// The structure of a deliberation: what each paragraph is, articles that number themselves, references that follow.
// The server does the same at each save (texts/structure.py, texts/articles.py): here it is seen at once.
import { Extension, Plugin, pm } from "../../django_prose_editor/editor.js";

const S = "[ \\u00a0\\u202f]";
const PARTS = [
  ["verb", new RegExp(`^(?:(?:a|ont)${S})?(?:d[ée]cide(?:nt)?|d[ée]cid[ée]|arr[êe]te(?:nt)?)${S}*[:.,;]?$`, "i")],
  ["report", new RegExp(`^sur${S}(?:le${S})?(?:rapport|proposition)(?![\\p{L}])`, "iu")],
  ["recital", new RegExp(`^vus?${S}`, "i")],
  ["whereas", /^consid[ée]rant(?![\p{L}])/iu],
  ["hinge", new RegExp(`^apr[èe]s${S}(?:en${S})?avoir${S}(?:en${S})?d[ée]lib[ée]r[ée]`, "i")],
  ["article", new RegExp(`^article${S}*(?:\\d+|1er|premier|unique)`, "i")],
];
const ORDER = ["opening", "recital", "report", "whereas", "hinge", "verb", "article"];
const NUMBER = new RegExp(`^article${S}*(\\d+)((?:er|ère|e|ème)(?![\\p{L}]))?`, "iu");
// « l’article 3 », « aux articles 2 et 3 » of this deliberation; never « article L. 3211-1 », « article 3 de la loi ».
const REFERENCE = new RegExp(`(?<![\\p{L}])articles?${S}+(\\d+(?:er)?(?:(?:${S}*,${S}*|${S}(?:et|ou|à)${S})\\d+)*)(?![\\d.-]*\\d)`, "giu");
const ELSEWHERE = new RegExp(`^${S}*(?:du|de|des|d’|d')${S}*(?:la|le|l’|l')?${S}*(?!présent)\\p{L}`, "iu");

export function partOf(text) {
  const found = PARTS.find(([, pattern]) => pattern.test(text));
  return found ? found[0] : "other";
}

/** The blocks of the document: {node, pos, part}. */
export function blocksOf(doc) {
  const blocks = [];
  doc.forEach((node, pos) => {
    const text = node.isTextblock ? node.textContent.trim() : "";
    blocks.push({ node, pos, text, part: node.isTextblock ? partOf(text) : "other" });
  });
  return blocks;
}

const articlesOf = (doc) => blocksOf(doc)
  .filter(({ part, text }) => part === "article" && NUMBER.test(text))
  .map(({ node, pos }) => {
    const indent = node.textContent.length - node.textContent.trimStart().length;
    const found = NUMBER.exec(node.textContent.trimStart());
    const from = pos + 1 + indent + found[0].length - (found[2]?.length ?? 0) - found[1].length;
    return { pos, from, to: from + found[1].length, suffix: found[2] ?? "", number: Number(found[1]) };
  });

/** Rewrite the numbers that are not those of their place, and the references to the articles that moved. */
function renumber(transactions, before, after, doubt) {
  const articles = articlesOf(after.doc);
  if (articles.every(({ number }, i) => number === i + 1)) return null;
  // An article that was there keeps the references made to it: positions, followed through the changes, tell which.
  const was = new Map();
  for (const old of articlesOf(before.doc)) {
    let pos = old.pos + 1;
    for (const change of transactions) pos = change.mapping.map(pos, -1);
    was.set(pos - 1, old.number);
  }
  const moved = new Map();
  articles.forEach((article, i) => {
    const old = was.get(article.pos);
    if (old !== undefined && old !== i + 1) moved.set(old, i + 1);
  });
  // An article that went: who still calls it by its number would now be led to another.
  const stayed = new Set(articles.map(({ pos }) => was.get(pos)));
  const gone = new Set([...was.values()].filter((number) => !stayed.has(number)));
  const tr = after.tr;
  const labels = new Set(articles.map(({ pos }) => pos));
  follow(tr, after.doc, moved, labels, gone, doubt);
  articles.forEach((article, i) => {
    if (article.number === i + 1) return;
    const end = i === 0 ? article.to : article.to + article.suffix.length;
    tr.insertText(String(i + 1), tr.mapping.map(article.from), tr.mapping.map(end, -1));
  });
  return tr.docChanged ? tr : null;
}

function follow(tr, doc, moved, labels, gone, doubt) {
  doc.descendants((node, pos, parent) => {
    if (!node.isText) return;
    for (const found of node.text.matchAll(REFERENCE)) {
      const start = found.index;
      const opensArticle = labels.has(pos - 1) && parent.firstChild === node && node.text.slice(0, start).trim() === "";
      if (opensArticle || ELSEWHERE.test(node.text.slice(start + found[0].length))) continue;
      const offset = pos + start + found[0].length - found[1].length;
      for (const number of found[1].matchAll(/\d+/g)) {
        const now = moved.get(Number(number[0]));
        if (gone.has(Number(number[0]))) doubt(`Vérifiez le renvoi « ${found[0]} » : l’article qu’il désignait n’est plus là.`);
        if (now === undefined) continue;
        const from = offset + number.index;
        tr.insertText(String(now), tr.mapping.map(from), tr.mapping.map(from + number[0].length, -1));
      }
    }
  });
}

export const Articles = Extension.create({
  name: "articles",
  addOptions: () => ({ doubt: () => {} }),
  addProseMirrorPlugins() {
    const { doubt } = this.options;
    const appendTransaction = (transactions, before, after) => {
      const undone = transactions.some((t) => t.getMeta("history$") || t.getMeta("addToHistory") === false);
      return undone || !transactions.some((t) => t.docChanged) ? null : renumber(transactions, before, after, doubt);
    };
    const decorations = ({ doc }) => pm.view.DecorationSet.create(
      doc,
      blocksOf(doc).filter(({ part }) => part !== "other")
        .map(({ node, pos, part }) => pm.view.Decoration.node(pos, pos + node.nodeSize, { class: `part-${part}` })),
    );
    return [new Plugin({ appendTransaction, props: { decorations } })];
  },
});

const bold = (text) => ({ type: "text", text, marks: [{ type: "bold" }] });
const line = (...content) => ({ type: "paragraph", content });
const plain = (text) => ({ type: "text", text });
const article = (n) => line(bold(`Article ${n}`), plain(" – "));

/** Insert the paragraph of that part where it belongs, the cursor at its end. */
export function insertPart(editor, part) {
  const { doc, selection } = editor.state;
  const blocks = blocksOf(doc);
  const here = blocks.findIndex(({ node, pos }) => selection.from >= pos && selection.from <= pos + node.nodeSize);
  const numbers = blocks.filter((block) => block.part === "article").length;
  const lines = {
    recital: () => [line(plain("Vu "))],
    whereas: () => [line(plain("Considérant "))],
    article: () => [article(numbers + 1)],
    verb: () => [
      ...(blocks.some((b) => b.part === "hinge") ? [] : [line(plain("Après en avoir délibéré,"))]),
      line(plain("DÉCIDE")),
      ...(numbers ? [] : [article(1)]),
    ],
  }[part]();
  if (part === "verb" && blocks.some((b) => b.part === "verb")) return false;
  const after = placeOf(blocks, here, part);
  const empty = here >= 0 && after === here + 1 && isEmpty(blocks[here]) ? blocks[here] : null;
  const from = empty ? empty.pos : after < blocks.length ? blocks[after].pos : doc.content.size;
  const to = empty ? empty.pos + empty.node.nodeSize : from;
  return editor.chain().focus().command(({ tr, state }) => {
    const nodes = lines.map((json) => state.schema.nodeFromJSON(json));
    tr.replaceWith(from, to, nodes);
    const end = from + nodes.reduce((size, node) => size + node.nodeSize, 0) - 1;
    tr.setSelection(pm.state.TextSelection.create(tr.doc, end)).scrollIntoView();
    return true;
  }).run();
}

const isEmpty = ({ node }) => node.isTextblock && node.content.size === 0;

/** The index of the block before which the new one goes. */
function placeOf(blocks, here, part) {
  const rank = ORDER.indexOf(part);
  const rankOf = (block) => ORDER.indexOf(block.part);
  if (part === "article") {
    // After the article where one is, its further paragraphs included.
    const own = blocks.slice(0, here + 1).some((b) => b.part === "article" || b.part === "verb");
    if (!own) return trimmed(blocks);
    let next = here + 1;
    if (isEmpty(blocks[here])) return next;
    while (next < blocks.length && blocks[next].part !== "article") next += 1;
    return next === blocks.length ? trimmed(blocks) : next;
  }
  if (here >= 0 && blocks[here].part === part) return here + 1;
  let last = -1;
  for (const [i, block] of blocks.entries()) {
    if (rankOf(block) > rank) break;
    if (rankOf(block) >= 0 || (block.text.endsWith(",") && last === -1)) last = i;
  }
  const fits = here >= 0 && isEmpty(blocks[here]) && here > last
    && !blocks.slice(last + 1, here).some((b) => rankOf(b) > rank);
  return fits ? here + 1 : last + 1;
}

/** The end of the text, before the empty paragraphs that close it. */
function trimmed(blocks) {
  let end = blocks.length;
  while (end > 0 && isEmpty(blocks[end - 1])) end -= 1;
  return end;
}
