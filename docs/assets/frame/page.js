// @ts-check
// What every page does. Without scripts all of it is still readable.

/** Open the <details> around the target of the address: some browsers do not. */
function unfoldTarget() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let opened = false;
  for (let element = /** @type {HTMLElement | null} */ (target); element; element = element.parentElement) {
    if (element instanceof HTMLDetailsElement && !element.open) opened = element.open = true;
  }
  if (opened) target.scrollIntoView();
}
addEventListener("hashchange", unfoldTarget);
unfoldTarget();

// On the printed page: the full address and the date.
addEventListener("beforeprint", () => {
  const address = document.querySelector("[data-mb-address]");
  const printed = document.querySelector("[data-mb-printed]");
  if (address) address.textContent = location.href.split("#")[0];
  if (printed) {
    const now = new Date();
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    /** @type {Element} */ (printed.lastElementChild).textContent = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    printed.hidden = false;
  }
});

// Texts to share: a button copies them in one tap.
/** @type {NodeListOf<HTMLButtonElement>} */
const copyButtons = document.querySelectorAll("[data-mb-copy]");
for (const button of copyButtons) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = /** @type {HTMLElement} */ (document.getElementById(/** @type {string} */ (button.dataset.mbCopy)));
    const status = /** @type {HTMLElement} */ (/** @type {HTMLElement} */ (button.parentElement).querySelector("[role=status]"));
    try {
      await navigator.clipboard.writeText(text.textContent);
      status.textContent = /** @type {string} */ (status.dataset.mbCopied);
    } catch (_) { // no clipboard without https, or not allowed
      /** @type {Selection} */ (getSelection()).selectAllChildren(text);
      status.textContent = /** @type {string} */ (status.dataset.mbFailed);
    }
  });
}
