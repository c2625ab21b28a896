// @ts-check
// Copying to the clipboard.

/**
 * Copy a text. Where the browser refuses, show it selected in `area` for copying by hand, and return false.
 *
 * @param {string} text
 * @param {HTMLTextAreaElement} area
 */
export async function copyText(text, area) {
  area.value = text;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (_) { // no clipboard without https, or not allowed
    area.hidden = false;
    area.focus();
    area.select();
    return false;
  }
}
