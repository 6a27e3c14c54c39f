// What is typed and not yet saved, kept on this machine: {base, content, at}, and one text set aside.

export class Keeping {
  constructor(key) {
    this.key = key;
    this.full = false;
  }

  #read(key) {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      return null;
    }
  }

  #write(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      this.full = false;
    } catch {
      this.full = true;
    }
  }

  keep(base, content) {
    this.#write(this.key, { base, content, at: new Date().toISOString() });
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  /** What was being typed becomes the text set aside: what is typed from now on does not write over it. */
  setAside() {
    const kept = this.#read(this.key);
    if (kept) this.#write(`${this.key}.a-part`, kept);
    if (!this.full) this.forget();
  }

  aside() {
    return this.#read(`${this.key}.a-part`);
  }

  forgetAside() {
    localStorage.removeItem(`${this.key}.a-part`);
  }
}
