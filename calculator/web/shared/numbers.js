// @ts-check
// Parsing typed numbers and dates, and formatting the calculator's. No float arithmetic: digits are moved as text.

/**
 * Convert full-width characters and Chinese digits to ASCII and remove spaces: `１２，３４５．６０ 元` is `12,345.60元`.
 *
 * @param {string} text
 */
function normalize(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, "¥")
    .replace(/(\d)。(\d)/g, "$1.$2")
    .replace(/[〇一二三四五六七八九]/g, (char) => String("〇一二三四五六七八九".indexOf(char)))
    .replace(/两/g, "2")
    .replace(/\s/g, "")
    .toLowerCase();
}

/**
 * `text` x 10^`shift` in hundredths (exact, below 10^14); null if it is no number or has more decimals than that.
 *
 * @param {string} text
 * @param {number} shift
 */
function hundredths(text, shift) {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || !(match[1] || match[2])) return null;
  const places = 2 + shift;
  const decimals = (match[2] || "").replace(/0+$/, "");
  if (decimals.length > places) return null;
  const digits = (match[1] + decimals.padEnd(places, "0")).replace(/^0+(?=\d)/, "");
  return digits.length > 14 ? null : Number(digits);
}

/** @param {number} hundred */
function decimal(hundred) {
  const digits = String(hundred).padStart(3, "0");
  return digits.slice(0, -2) + "." + digits.slice(-2);
}

/** @type {Record<string, number>} */
const PLACES = {"万": 4, "千": 3, "百": 2, "十": 1};

/** Hundredths of `1.2万`, `1万2千`, `3千5` (colloquial for 3,500), `1万零50`; null if ambiguous. @param {string} text */
function inUnits(text) {
  const match = /^(\d+(?:\.\d+)?)([万千百十])(.*)$/.exec(text);
  if (!match) return null;
  const [, head, unit, rest] = match;
  const amount = hundredths(head, PLACES[unit]);
  const tail = rest ? afterUnit(rest, PLACES[unit]) : 0;
  return amount === null || tail === null || (rest && head.includes(".")) ? null : amount + tail;
}

/**
 * Hundredths of what follows a unit of 10^`places`: one digit counts in the next smaller unit, more must fill all places.
 *
 * @param {string} text
 * @param {number} places
 * @returns {number | null}
 */
function afterUnit(text, places) {
  if (/^\d$/.test(text)) return hundredths(text, places - 1);
  if (/^零\d+$/.test(text)) return text.length <= places ? hundredths(text.slice(1), 0) : null;
  if (/^零./.test(text)) return afterUnit(text.slice(1), places - 1);
  if (/^\d+$/.test(text)) return text.length === places ? hundredths(text, 0) : null; // 1万25 is ambiguous
  const match = /^(\d)([千百十])(.*)$/.exec(text);
  if (!match || PLACES[match[2]] >= places) return null;
  const tail = match[3] ? afterUnit(match[3], PLACES[match[2]]) : 0;
  return tail === null ? null : Number(hundredths(match[1], PLACES[match[2]])) + tail;
}

/** Parse `12,345.60 元`, `1.2万`, `1万2千` to yuan with two decimals; null if ambiguous. @param {string} text */
export function parseMoney(text) {
  let rest = normalize(text).replace(/^(人民币|rmb|cny|¥)/, "").replace(/(元|块|块钱|圆|yuan|rmb)整?$/, "");
  if (/,/.test(rest)) {
    if (!/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(rest)) return null;
    rest = rest.replace(/,/g, "");
  }
  const amount = /[万千百十]/.test(rest) ? inUnits(rest) : hundredths(rest, 0);
  return amount === null ? null : decimal(amount);
}

/** Parse `60%`, `60`, `0.6`, `6成` to a fraction, `0.60`; null if invalid. A number below one without a unit is a fraction. @param {string} text */
export function parseRate(text) {
  const match = /^(?:百分之)?(\d*\.?\d*)(%|成|percent)?$/.exec(normalize(text));
  if (!match) return null;
  const [, number, unit] = match;
  const fraction = !unit && !/^百/.test(normalize(text)) && Number(number) < 1;
  const points = hundredths(number, unit === "成" ? 1 : fraction ? 2 : 0);
  if (points === null || points > 10000) return null;
  const digits = String(points).padStart(5, "0");
  return (digits.slice(0, -4) + "." + digits.slice(-4)).replace(/00$/, "");
}

/** Parse `65`, `６５岁` to an integer; null if invalid. @param {string} text */
export function parseWhole(text) {
  const match = /^(\d{1,7})[^\d.,]{0,6}$/.exec(normalize(text));
  return match ? Number(match[1]) : null;
}

/** Year, month and day of a typed date, even if that day does not exist; null if it is no date. @param {string} text */
function dateParts(text) {
  const typed = normalize(text);
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(typed) || /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed);
  return match && match.slice(1).map(Number);
}

/** Parse `2016-3-1`, `2016年3月1日`, `20160301` to `2016-03-01`; null if there is no such day. @param {string} text */
export function parseDay(text) {
  const parts = dateParts(text);
  if (!parts) return null;
  const [year, month, day] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1000) return null;
  return date.toISOString().slice(0, 10);
}

/** Whether a text is a date of a day that does not exist: `2016-02-30`. @param {string} text */
export function isNoDay(text) {
  return dateParts(text) !== null && parseDay(text) === null;
}

/** Parse `1966-7`, `1966年7月` to `1966-07`; null if invalid. @param {string} text */
export function parseMonth(text) {
  const match = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(normalize(text));
  return match && parseDay(match[1] + "-" + match[2] + "-1") ? match[1] + "-" + match[2].padStart(2, "0") : null;
}

/** Format `1497.50` as `1,497.50`, `2000.00` as `2,000`. @param {string} yuan */
export function showMoney(yuan) {
  const [whole, fen] = yuan.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fen && fen !== "00" ? grouped + "." + fen : grouped;
}

/** Format `0.60` as `60%`, `0.6250` as `62.5%`. @param {string} rate */
export function showRate(rate) {
  const [whole, decimals] = rate.split(".");
  const points = (decimals || "").padEnd(4, "0");
  const percent = Number(whole + points.slice(0, 2)) + "." + points.slice(2);
  return percent.replace(/\.?0+$/, (zeros) => (zeros.startsWith(".") ? "" : zeros)).replace(/(\.\d*?)0+$/, "$1") + "%";
}
