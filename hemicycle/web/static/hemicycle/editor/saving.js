// Saving by itself, under a lease: three seconds after the last key, when leaving, and never over somebody else's text.
import { Keeping } from "./keeping.js";
import { opened, treeOf } from "./schema.js";

const QUIET = 3_000;
const PING = 40_000;
const LOOK = 15_000;
const RETRY = 8_000;
/** Without a key for that long, the lease is no longer renewed: anyone may write. */
const IDLE = 10 * 60_000;
const TAB = "hemicycle.main";

const hour = (iso) => new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(iso)).replace(":", "\u00a0h\u00a0");

export class Saving {
  /** `say(state, sentence)` writes the line of state; `offer(question)` opens the panel; `show(answer)` the advice. */
  constructor({ editor, config, server, say, offer, show, tell }) {
    Object.assign(this, { editor, config, server, say, offer, show, tell });
    this.keeping = new Keeping(config.key);
    this.base = config.base;
    this.lease = null;
    this.dirty = this.busy = this.stopped = this.signedOut = this.offline = false;
    this.typedAt = Date.now();
    this.clean = editor.state.doc;
  }

  async start() {
    this.keeping.setAside();
    const token = sessionStorage.getItem(TAB);
    sessionStorage.removeItem(TAB);
    await this.take(token ? { do: "take", lease: token } : { do: "take" });
    this.#listen();
    await this.offerAside();
  }

  #listen() {
    setInterval(() => this.#ping(), PING);
    setInterval(() => this.#look(), LOOK);
    addEventListener("online", () => this.save());
    addEventListener("focus", () => this.#back());
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", ({ persisted }) => persisted && this.take({ do: "take" }));
    addEventListener("beforeunload", (event) => { if (this.dirty) event.preventDefault(); });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.save() : this.#back()));
    this.editor.on("blur", () => this.save());
  }

  typed() {
    if (this.editor.state.doc.eq(this.clean)) return;
    this.typedAt = Date.now();
    this.dirty = true;
    this.say("doing", "Modifié…");
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.#keep(), 250);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), QUIET);
  }

  #keep() {
    if (this.dirty) this.keeping.keep(this.base, treeOf(this.editor.state.doc));
  }

  async save({ asked = false } = {}) {
    if (this.busy || this.stopped || !this.lease) return;
    if (!this.dirty) {
      if (asked) this.say("done", "Tout est enregistré.");
      return;
    }
    clearTimeout(this.timer);
    this.busy = true;
    this.#keep();
    const { doc } = this.editor.state;
    const answer = await this.server.ask("save", { content: treeOf(doc), base: this.base, lease: this.lease });
    this.busy = false;
    if (answer.status === 200) this.#saved(answer, doc);
    else this.#refused(answer);
  }

  #saved(answer, doc) {
    this.base = answer.base;
    this.clean = doc;
    this.offline = this.signedOut = false;
    this.dirty = !this.editor.state.doc.eq(doc);
    this.show(answer);
    if (answer.changes.length) this.tell("info", "Numéros des articles :", answer.changes);
    if (this.dirty) {
      this.#keep();
      this.timer = setTimeout(() => this.save(), QUIET);
      return;
    }
    this.keeping.forget();
    if (answer.content) this.replace(answer.content);
    this.say("done", `Enregistré à ${answer.saved}`);
  }

  #refused(answer) {
    if (answer.status === 401) return this.#signOut();
    if (answer.reason === "moved") return this.#moved(answer);
    if (answer.reason === "held") return this.#lost(answer);
    if (answer.sentence) return this.say("refused", `${answer.sentence} Votre texte est gardé sur ce poste.`);
    if (answer.status === 404) return this.say("refused", "Ce dossier n’est plus ouvert à l’écriture ; votre texte est gardé sur ce poste.");
    this.offline = true;
    this.say("late", this.keeping.full
      ? "Hors ligne, et le texte est trop long pour être gardé sur ce poste : ne fermez pas cette page."
      : "Hors ligne : le texte est gardé sur ce poste, il sera enregistré dès que possible.");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), RETRY);
  }

  #signOut() {
    this.signedOut = true;
    this.say("late", "Votre session a pris fin ; le texte est gardé sur ce poste. Reconnectez-vous dans un autre onglet, puis revenez ici :", {
      href: `${this.config.urls.sign_in}?next=${encodeURIComponent(location.pathname)}`, text: "se connecter",
    });
  }

  async #back() {
    if (!this.signedOut) return;
    if (!(await this.server.signInAgain())) return;
    this.signedOut = false;
    if (this.lease) await this.save();
    else await this.take({ do: "take" });
  }

  #moved(answer) {
    this.stopped = true;
    this.say("late", "Deux textes : choisissez ci-dessous.");
    this.offer({
      title: "Ce texte a été enregistré par quelqu’un d’autre",
      sentence: answer.sentence,
      answer,
      actions: [
        ["Garder le mien", () => { this.base = answer.base; this.stopped = false; this.dirty = true; return this.save(); }],
        ["Prendre l’autre", () => { this.#keep(); this.keeping.setAside(); this.stopped = false; this.replace(answer.content, answer.base); this.say("done", "Le texte enregistré est affiché ; le vôtre reste gardé sur ce poste."); return this.offerAside(); }],
      ],
    });
  }

  // --- The lease

  async take(sent) {
    const answer = await this.server.ask("hold", { ...sent, base: this.base });
    if (answer.status === 200 && answer.lease) return this.#taken(answer);
    if (answer.status === 401) this.#signOut();
    else if (answer.reason === "held") this.#lost(answer);
    else if (answer.sentence) this.say("refused", answer.sentence);
    else {
      this.say("late", "Le serveur ne répond pas : le texte se lit, et s’écrira dès que la connexion reviendra.");
      setTimeout(() => this.take(sent), RETRY);
    }
    return false;
  }

  #taken(answer) {
    this.lease = answer.lease;
    this.stopped = false;
    if (answer.content) {
      this.#keep();
      this.keeping.setAside();
      this.replace(answer.content, answer.base);
    }
    if (this.unsavedHere) {
      // Nobody wrote in the meantime: what was on screen goes on, and is saved.
      this.keeping.forgetAside();
      this.typed();
    }
    this.unsavedHere = false;
    this.offer(null);
    this.editor.setEditable(true, false);
    this.typedAt = Date.now();
    this.say("done", "Vous écrivez ce texte : il s’enregistre au fur et à mesure.");
    return true;
  }

  #lost(answer) {
    this.#keep();
    const unsaved = this.dirty;
    this.lease = null;
    this.editor.setEditable(false, false);
    if (unsaved) this.keeping.setAside();
    this.unsavedHere ||= unsaved;
    this.dirty = false;
    if (answer.content) this.replace(answer.content, answer.base);
    const { writer, sentence } = answer;
    this.say("late", writer ? "Vous lisez ce texte sans l’écrire." : sentence);
    const again = writer && !writer.oneself;
    this.offer({
      title: writer ? (writer.oneself ? "Ce texte s’écrit dans un autre onglet" : `${writer.name} écrit ce texte`) : "Personne n’écrit ce texte",
      sentence: `${sentence}${unsaved ? " Ce que vous n’aviez pas enregistré est gardé sur ce poste et vous sera proposé." : ""}`,
      actions: [[
        writer ? (writer.oneself ? "Écrire ici" : "Prendre la main") : "Écrire",
        () => this.takeOver(writer),
        again ? `Prendre la main sur ce texte ? ${writer.name} ne pourra plus l’enregistrer ; ce qui n’est pas encore enregistré restera sur son poste.` : "",
      ]],
    });
  }

  async takeOver(writer) {
    if (await this.take({ do: writer ? "take_over" : "take" })) {
      await this.offerAside();
      this.editor.commands.focus();
    }
  }

  async #ping() {
    if (!this.lease || this.signedOut || Date.now() - this.typedAt > IDLE) return;
    if (this.dirty && this.offline) return;
    const answer = await this.server.ask("hold", { do: "renew", lease: this.lease, base: this.base });
    if (answer.reason === "held") this.#lost(answer);
    else if (answer.status === 401) this.#signOut();
  }

  async #look() {
    if (this.lease || this.signedOut || document.hidden) return;
    const answer = await this.server.ask("hold", { do: "look", base: this.base });
    if (answer.status !== 200) return;
    if (answer.content) this.replace(answer.content, answer.base);
    const known = `${answer.writer?.name ?? ""}${answer.writer?.oneself ?? ""}`;
    if (this.writerShown === known) return;
    this.writerShown = known;
    this.#lost({ writer: answer.writer, sentence: answer.writer?.sentence ?? "Personne n’écrit ce texte en ce moment." });
  }

  #leave() {
    this.#keep();
    if (!this.lease) return;
    sessionStorage.setItem(TAB, this.lease);
    this.server.ask("hold", { do: "give_back", lease: this.lease }, { keepalive: true });
    this.lease = null;
  }

  // --- The text kept on this machine

  async offerAside() {
    const kept = this.keeping.aside();
    if (!kept || !this.lease) return;
    const answer = await this.server.ask("differences", { content: kept.content });
    if (answer.same) return this.keeping.forgetAside();
    if (kept.base === this.base && this.base === answer.base && !this.dirty) return this.#resume(kept);
    this.offer({
      title: "Un texte de ce poste n’a pas été enregistré",
      sentence: `Il a été tapé ici le ${hour(kept.at)}. Voici ce qu’il changerait au texte enregistré.`,
      answer,
      actions: [
        ["Reprendre ce texte", () => this.#resume(kept)],
        ["L’abandonner", () => this.keeping.forgetAside(), "Abandonner le texte gardé sur ce poste ? Il ne pourra plus être repris."],
      ],
    });
  }

  /** What was typed on the text as it still is goes on, at once: it may be undone. */
  #resume(kept) {
    this.editor.commands.setContent(opened(kept.content), { emitUpdate: true });
    this.keeping.forgetAside();
    this.typed();
    this.tell("info", `Ce qui a été tapé ici le ${hour(kept.at)} est repris ; « Annuler » le retire.`);
  }

  /** Show a text that is the one saved: nothing to save then, and one may go on where one was. */
  replace(tree, base = this.base) {
    const { from } = this.editor.state.selection;
    this.base = base;
    this.unsavedHere = false;
    this.editor.chain().setMeta("addToHistory", false).setContent(opened(tree), { emitUpdate: false }).run();
    this.editor.commands.setTextSelection(Math.min(from, this.editor.state.doc.content.size));
    this.clean = this.editor.state.doc;
    this.dirty = false;
  }
}
