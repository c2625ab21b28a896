// @ts-check
// An address may name something that is folded away: a worked example among others. Some browsers do not unfold it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  let folded = false;
  for (let each = target; each; each = each.parentElement) {
    if (each instanceof HTMLDetailsElement && !each.open) folded = each.open = true;
  }
  if (folded) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// For the printed page: its full address and the day. Everything works without a script.
addEventListener("beforeprint", () => {
  const address = document.querySelector("[data-mb-address]");
  const printed = document.querySelector("[data-mb-printed]");
  if (address) address.textContent = location.href.split("#")[0];
  if (printed) {
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    printed.lastElementChild.textContent = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    printed.hidden = false;
  }
});

// A text to pass on: it stands there to be selected; with a script it can be copied in one tap.
/** @type {NodeListOf<HTMLButtonElement>} */
const copying = document.querySelectorAll("[data-mb-copy]");
for (const button of copying) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.mbCopy);
    /** @type {HTMLElement} */
    const said = button.parentElement.querySelector("[role=status]");
    try {
      await navigator.clipboard.writeText(text.textContent);
      said.textContent = said.dataset.mbCopied;
    } catch (_) { // no clipboard without https, or not allowed
      getSelection().selectAllChildren(text);
      said.textContent = said.dataset.mbFailed;
    }
  });
}
