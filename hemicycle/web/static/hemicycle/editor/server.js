// Speaking with the server: JSON both ways, and a way back after the session ended.

export class Server {
  constructor(urls) {
    this.urls = urls;
    this.token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  }

  /** {status, …answer}; status 0 when nothing answers, 401 when the session ended. */
  async ask(name, sent, { keepalive = false } = {}) {
    return this.#answer(name, { body: JSON.stringify(sent), headers: { "Content-Type": "application/json" }, keepalive });
  }

  async send(image) {
    const body = new FormData();
    body.append("image", image, image.name || "image.png");
    const answer = await this.#answer("image", { body });
    if (answer.status === 200 || answer.sentence) return answer;
    return { sentence: "L’image n’a pas pu être envoyée : le serveur ne répond pas. Recommencez dans un instant." };
  }

  async #answer(name, options) {
    let answer;
    try {
      answer = await fetch(this.urls[name], {
        ...options, method: "POST", redirect: "manual", credentials: "same-origin",
        headers: { ...options.headers, "X-CSRFToken": this.token },
      });
    } catch {
      return { status: 0 };
    }
    if (answer.type === "opaqueredirect" || answer.status === 403) return { status: 401 };
    try {
      return { ...(await answer.json()), status: answer.status };
    } catch {
      return { status: answer.status };
    }
  }

  /** After signing in elsewhere: the page is asked again for the token that its forms now bear. */
  async signInAgain() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const token = JSON.parse(page.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"];
      if (token) this.token = token;
      return Boolean(token);
    } catch {
      return false;
    }
  }
}
