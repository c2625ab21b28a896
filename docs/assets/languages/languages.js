// @ts-check
// The switch of languages keeps the place on the page; a policy or a place can be read in two languages side by side.
// Without this script the switch leads to the top of the page, and there is no button.
(() => {
  const list = document.querySelector(".mb-languages");
  const article = document.getElementById("main");
  if (!list || !article) return;

  list.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (link) link.hash = location.hash;
  });

  /** The elements of an article in sections: what stands before the first id, then from each id to the next. */
  const sections = (elements) => {
    const found = [{id: "", elements: []}];
    for (const element of elements) {
      if (element.id) found.push({id: element.id, elements: []});
      found[found.length - 1].elements.push(element);
    }
    return found;
  };

  /** A copy of the other page's article: no id twice, links that lead where they led there, nothing that runs. */
  const copied = (text, url) => {
    const other = new DOMParser().parseFromString(text, "text/html");
    const content = other.getElementById("main");
    if (!content) throw new Error("no article");
    for (const each of content.querySelectorAll("script, style, link, form, iframe, .mb-both-bar")) each.remove();
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const links = content.querySelectorAll("a[href]");
    for (const link of links) {
      const target = link.getAttribute("href");
      if (!target.startsWith("#")) link.href = new URL(target, url).href;
    }
    const found = sections([...content.children]);
    for (const each of content.querySelectorAll("*")) {
      for (const name of ["id", "for", "name", "aria-labelledby", "aria-describedby", "aria-controls"]) each.removeAttribute(name);
    }
    return {found, lang: other.documentElement.lang, dir: other.documentElement.dir};
  };

  const box = (className, lang, dir, elements) => {
    const made = document.createElement("div");
    made.className = className;
    made.lang = lang;
    made.dir = dir;
    made.append(...elements);
    return made;
  };

  /** Keep on the screen what is on it while the page grows or shrinks. */
  const inPlace = (change) => {
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const shown = [...article.querySelectorAll("[id]")].filter((each) => each.getClientRects().length);
    const anchor = shown.reverse().find((each) => each.getBoundingClientRect().top <= 80);
    const before = anchor && anchor.getBoundingClientRect().top;
    change();
    if (focused && focused !== document.activeElement) focused.focus({preventScroll: true}); // it was moved
    if (anchor) scrollBy(0, anchor.getBoundingClientRect().top - before);
  };

  const pair = ({found, lang, dir}) => {
    const others = new Map(found.map((section) => [section.id, section.elements]));
    for (const {id, elements} of sections([...article.children])) {
      const first = document.createElement("div");
      first.className = "mb-pair";
      if (elements.length) elements[0].before(first);
      else article.prepend(first);
      const other = box("mb-pair__other", lang, dir, others.get(id) || []);
      first.append(box("mb-pair__own", document.documentElement.lang, document.documentElement.dir, elements), other);
      others.delete(id);
    }
    for (const elements of others.values()) { // what only the other page has
      const last = document.createElement("div");
      last.className = "mb-pair";
      last.append(box("mb-pair__own", document.documentElement.lang, document.documentElement.dir, []), box("mb-pair__other", lang, dir, elements));
      if (elements.length) article.append(last);
    }
    article.classList.add("mb-both");
  };

  const part = () => {
    for (const each of article.querySelectorAll(".mb-pair")) {
      each.before(...each.querySelector(".mb-pair__own").children);
      each.remove();
    }
    article.classList.remove("mb-both");
  };

  /** @type {HTMLAnchorElement[]} */
  const links = Array.from(list.querySelectorAll("a[data-mb-beside]"));
  const bar = document.createElement("p");
  bar.className = "mb-both-bar";
  const failed = document.createElement("span");
  failed.className = "mb-both-failed";
  failed.setAttribute("role", "status");

  const press = (pressed) => {
    for (const {button, says} of buttons) {
      const on = button === pressed;
      button.setAttribute("aria-pressed", on ? "true" : "false");
      button.firstChild.textContent = on ? list.dataset.mbOne : says;
    }
  };

  const tap = async (button, link) => {
    const on = button.getAttribute("aria-pressed") === "true";
    failed.textContent = "";
    inPlace(part);
    press(null);
    if (on) return;
    try {
      const response = await fetch(link.href.split("#")[0]);
      if (!response.ok) throw new Error(String(response.status));
      const other = copied(await response.text(), response.url);
      if (article.classList.contains("mb-both")) return; // a second tap was quicker
      inPlace(() => pair(other));
      press(button);
    } catch (_) {
      failed.textContent = list.dataset.mbFailed;
    }
  };

  const buttons = links.map((link) => {
    const button = document.createElement("button");
    const says = list.dataset.mbBoth;
    button.type = "button";
    button.className = "mb-button mb-button--quiet mb-both-button";
    button.setAttribute("aria-pressed", "false");
    button.append(document.createElement("span"));
    button.firstChild.textContent = says;
    if (links.length > 1) {
      const name = document.createElement("bdi");
      name.lang = link.lang;
      name.textContent = link.textContent;
      button.append(" ", name);
    }
    button.addEventListener("click", () => tap(button, link));
    return {button, says};
  });
  if (!buttons.length) return;
  bar.append(...buttons.map(({button}) => button), failed);
  const lead = article.querySelector(".mb-lead");
  (lead || article.querySelector("h1")).after(bar);
})();
