// @ts-check
// The other half of text_encoding.py: letters to bytes, and what was compressed to what it was.

/** @typedef {{text: string, length: number}} Pack a compressed file as letters, and how many bytes it is compressed */

const LETTER = 91; // how many letters there are
const BITS = 13; // in two of them

const NUMBERS = new Uint8Array(128);
for (let code = 0x21, number = 0; code < 0x7f; code++) {
  if (code !== 0x26 && code !== 0x3c && code !== 0x3e) NUMBERS[code] = number++;
}

/** The first `length` bytes of a text of letters. @param {string} text @param {number} length */
function bytesOf(text, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < text.length && at < length; i += 2) {
    while (text.charCodeAt(i) < 0x21) i++; // between two lines
    held = (held << BITS) | (NUMBERS[text.charCodeAt(i)] + LETTER * NUMBERS[text.charCodeAt(i + 1)]);
    bits += BITS;
    while (bits >= 8 && at < length) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 255;
    }
    held &= (1 << bits) - 1;
  }
  return bytes;
}

/** The bytes of a packed file. @param {Pack} pack */
export async function unpacked({text, length}) {
  const body = /** @type {ReadableStream} */ (new Response(bytesOf(text, length)).body);
  const stream = body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
