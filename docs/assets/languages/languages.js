// @ts-check
// The language switch keeps the position on the page; a policy or a place can be read in two languages side by side.
// Without this script the switch leads to the top of the page, and the button for two languages is missing.
(() => {
  const list = document.querySelector(".mb-languages");
  const article = document.getElementById("main");
  if (!list || !article) return;

  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (link) link.hash = location.hash;
  });

  /** @typedef {{id: string, elements: Element[]}} Section */
  /**
   * Split the elements of an article into sections: up to the first id, then from each id to the next.
   *
   * @param {Iterable<Element>} elements
   */
  const splitSections = (elements) => {
    /** @type {Section[]} */ const sections = [{id: "", elements: []}];
    for (const element of elements) {
      if (element.id) sections.push({id: element.id, elements: []});
      sections[sections.length - 1].elements.push(element);
    }
    return sections;
  };

  /**
   * The article of the page in the other language, without ids and scripts, and with absolute links.
   *
   * @param {string} text
   * @param {string} url
   */
  const otherArticle = (text, url) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const content = page.getElementById("main");
    if (!content) throw new Error();
    for (const element of content.querySelectorAll("script, style, link, form, iframe, .mb-both-bar")) element.remove();
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = content.querySelectorAll("a[href]");
    for (const link of links) {
      const target = link.getAttribute("href") || "";
      if (!target.startsWith("#")) link.href = new URL(target, url).href;
    }
    const sections = splitSections([...content.children]);
    for (const element of content.querySelectorAll("*")) {
      for (const name of ["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls"]) element.removeAttribute(name);
    }
    return {sections, language: page.documentElement};
  };

  /**
   * Create an element.
   *
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {string} className
   * @param {Array<Node | string>} [children]
   */
  const make = (tag, className, children = []) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  };

  /** @param {string} whose @param {Element[]} elements @param {{lang: string, dir: string}} language */
  const box = (whose, elements, {lang, dir}) => Object.assign(make("div", "mb-pair__" + whose, elements), {lang, dir});

  /** Keep the scroll position and the focus while `change` changes the article. @param {() => void} change */
  const keepPosition = (change) => {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const shown = [...article.querySelectorAll("[id]")].filter((element) => element.getClientRects().length);
    const anchor = shown.reverse().find((element) => element.getBoundingClientRect().top <= 80);
    const before = anchor ? anchor.getBoundingClientRect().top : 0;
    change();
    if (focused && focused !== document.activeElement) focused.focus({preventScroll: true}); // lost when the element was moved
    if (anchor) scrollBy(0, anchor.getBoundingClientRect().top - before);
  };

  /** Show each section beside its counterpart. @param {{sections: Section[], language: HTMLElement}} other */
  const pair = ({sections, language}) => {
    /** @param {Element[]} own @param {Element[]} other @param {(row: Element) => void} place */
    const addRow = (own, other, place) => {
      const row = make("div", "mb-pair");
      place(row);
      row.append(box("own", own, document.documentElement), box("other", other, language));
    };
    const others = new Map(sections.map((section) => [section.id, section.elements]));
    for (const {id, elements} of splitSections([...article.children])) {
      addRow(elements, others.get(id) || [], (row) => (elements.length ? elements[0].before(row) : article.prepend(row)));
      others.delete(id);
    }
    for (const elements of others.values()) { // sections that only the other page has
      if (elements.length) addRow([], elements, (row) => article.append(row));
    }
    article.classList.add("mb-both");
  };

  /** Show this page's sections alone again. */
  const unpair = () => {
    for (const row of article.querySelectorAll(".mb-pair")) {
      row.before(.../** @type {Element} */ (row.querySelector(".mb-pair__own")).children);
      row.remove();
    }
    article.classList.remove("mb-both");
  };

  /** @type {HTMLAnchorElement[]} */
  const links = Array.from(list.querySelectorAll("a[data-mb-beside]"));
  const failure = make("span", "mb-both-failed");
  failure.setAttribute("role", "status");

  /** @param {HTMLButtonElement | null} pressed */
  const setPressed = (pressed) => {
    for (const {button, label} of buttons) {
      const on = button === pressed;
      button.setAttribute("aria-pressed", String(on));
      label.textContent = /** @type {string} */ (on ? list.dataset.mbOne : list.dataset.mbBoth);
    }
  };

  /** @param {HTMLButtonElement} button @param {HTMLAnchorElement} link */
  const toggle = async (button, link) => {
    const on = button.getAttribute("aria-pressed") === "true";
    failure.textContent = "";
    keepPosition(unpair);
    setPressed(null);
    if (on) return;
    try {
      const response = await fetch(link.href.split("#")[0]);
      if (!response.ok) throw new Error();
      const other = otherArticle(await response.text(), response.url);
      if (article.classList.contains("mb-both")) return; // a later tap was answered first
      keepPosition(() => pair(other));
      setPressed(button);
    } catch (_) {
      failure.textContent = /** @type {string} */ (list.dataset.mbFailed);
    }
  };

  const buttons = links.map((link) => {
    const label = document.createElement("span");
    const button = make("button", "mb-button mb-button--quiet mb-both-button", [label]);
    button.type = "button";
    if (links.length > 1) {
      const name = document.createElement("bdi");
      name.lang = link.lang;
      name.textContent = link.textContent;
      button.append(" ", name);
    }
    button.addEventListener("click", () => toggle(button, link));
    return {button, label};
  });
  if (!buttons.length) return;
  setPressed(null);
  const bar = make("p", "mb-both-bar", [...buttons.map(({button}) => button), failure]);
  /** @type {HTMLElement} */ (article.querySelector(".mb-lead") || article.querySelector("h1 + .mb-note") || article.querySelector("h1")).after(bar);
})();
