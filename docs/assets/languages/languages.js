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

  /** Split the elements of an article into sections: up to the first id, then from each id to the next. */
  const splitSections = (elements) => {
    const sections = [{id: "", elements: []}];
    for (const element of elements) {
      if (element.id) sections.push({id: element.id, elements: []});
      sections[sections.length - 1].elements.push(element);
    }
    return sections;
  };

  /** The article of the page in the other language, without ids and scripts, and with absolute links. */
  const otherArticle = (text, url) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const content = page.getElementById("main");
    if (!content) throw new Error("no article");
    for (const element of content.querySelectorAll("script, style, link, form, iframe, .mb-both-bar")) element.remove();
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = content.querySelectorAll("a[href]");
    for (const link of links) {
      const target = link.getAttribute("href");
      if (!target.startsWith("#")) link.href = new URL(target, url).href;
    }
    const sections = splitSections([...content.children]);
    for (const element of content.querySelectorAll("*")) {
      for (const name of ["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls"]) element.removeAttribute(name);
    }
    return {sections, lang: page.documentElement.lang, dir: page.documentElement.dir};
  };

  const box = (className, lang, dir, elements) => {
    const element = document.createElement("div");
    element.className = className;
    element.lang = lang;
    element.dir = dir;
    element.append(...elements);
    return element;
  };

  /** Keep the scroll position and the focus while `change` changes the article. */
  const keepPosition = (change) => {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const shown = [...article.querySelectorAll("[id]")].filter((element) => element.getClientRects().length);
    const anchor = shown.reverse().find((element) => element.getBoundingClientRect().top <= 80);
    const before = anchor && anchor.getBoundingClientRect().top;
    change();
    if (focused && focused !== document.activeElement) focused.focus({preventScroll: true}); // lost when the element was moved
    if (anchor) scrollBy(0, anchor.getBoundingClientRect().top - before);
  };

  /** Show each section beside its counterpart. */
  const pair = ({sections, lang, dir}) => {
    const others = new Map(sections.map((section) => [section.id, section.elements]));
    for (const {id, elements} of splitSections([...article.children])) {
      const row = document.createElement("div");
      row.className = "mb-pair";
      if (elements.length) elements[0].before(row);
      else article.prepend(row);
      const other = box("mb-pair__other", lang, dir, others.get(id) || []);
      row.append(box("mb-pair__own", document.documentElement.lang, document.documentElement.dir, elements), other);
      others.delete(id);
    }
    for (const elements of others.values()) { // sections that only the other page has
      const row = document.createElement("div");
      row.className = "mb-pair";
      row.append(box("mb-pair__own", document.documentElement.lang, document.documentElement.dir, []), box("mb-pair__other", lang, dir, elements));
      if (elements.length) article.append(row);
    }
    article.classList.add("mb-both");
  };

  /** Show this page's sections alone again. */
  const unpair = () => {
    for (const row of article.querySelectorAll(".mb-pair")) {
      row.before(...row.querySelector(".mb-pair__own").children);
      row.remove();
    }
    article.classList.remove("mb-both");
  };

  /** @type {HTMLAnchorElement[]} */
  const links = Array.from(list.querySelectorAll("a[data-mb-beside]"));
  const bar = document.createElement("p");
  bar.className = "mb-both-bar";
  const failure = document.createElement("span");
  failure.className = "mb-both-failed";
  failure.setAttribute("role", "status");

  const setPressed = (pressed) => {
    for (const {button, label} of buttons) {
      const on = button === pressed;
      button.setAttribute("aria-pressed", on ? "true" : "false");
      button.firstChild.textContent = on ? list.dataset.mbOne : label;
    }
  };

  const toggle = async (button, link) => {
    const on = button.getAttribute("aria-pressed") === "true";
    failure.textContent = "";
    keepPosition(unpair);
    setPressed(null);
    if (on) return;
    try {
      const response = await fetch(link.href.split("#")[0]);
      if (!response.ok) throw new Error(String(response.status));
      const other = otherArticle(await response.text(), response.url);
      if (article.classList.contains("mb-both")) return; // a later tap was answered first
      keepPosition(() => pair(other));
      setPressed(button);
    } catch (_) {
      failure.textContent = list.dataset.mbFailed;
    }
  };

  const buttons = links.map((link) => {
    const button = document.createElement("button");
    const label = list.dataset.mbBoth;
    button.type = "button";
    button.className = "mb-button mb-button--quiet mb-both-button";
    button.setAttribute("aria-pressed", "false");
    button.append(document.createElement("span"));
    button.firstChild.textContent = label;
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
  bar.append(...buttons.map(({button}) => button), failure);
  const lead = article.querySelector(".mb-lead");
  (lead || article.querySelector("h1")).after(bar);
})();
