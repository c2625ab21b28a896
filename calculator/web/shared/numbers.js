// @ts-check
// What people type, understood; what the calculator gives, written for a reader. No floats: digits are moved as text.

/** Full-width characters and Chinese digits to plain ones, spaces away: `１２，３４５．６０ 元` is `12,345.60元`. */
function plain(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, "¥")
    .replace(/(\d)。(\d)/g, "$1.$2")
    .replace(/[〇一二三四五六七八九]/g, (char) => String("〇一二三四五六七八九".indexOf(char)))
    .replace(/两/g, "2")
    .replace(/\s/g, "")
    .toLowerCase();
}

/** Hundredths of `text` x 10^`shift` (whole number up to 10^14, exact); null if it is not a number or finer than that. */
function hundredths(text, shift) {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (!match || !(match[1] || match[2])) return null;
  const places = 2 + shift;
  const decimals = (match[2] || "").replace(/0+$/, "");
  if (decimals.length > places) return null;
  const digits = (match[1] + decimals.padEnd(places, "0")).replace(/^0+(?=\d)/, "");
  return digits.length > 14 ? null : Number(digits);
}

function decimal(hundred) {
  const digits = String(hundred).padStart(3, "0");
  return digits.slice(0, -2) + "." + digits.slice(-2);
}

const PLACES = {"万": 4, "千": 3, "百": 2, "十": 1};

/** Hundredths of `1.2万`, `1万2千`, `3千5` (3,500, as people say it), `1万零50`; null if it is not clear. */
function inUnits(text) {
  const match = /^(\d+(?:\.\d+)?)([万千百十])(.*)$/.exec(text);
  if (!match) return null;
  const [, head, unit, rest] = match;
  const amount = hundredths(head, PLACES[unit]);
  const tail = rest ? below(rest, PLACES[unit]) : 0;
  return amount === null || tail === null || (rest && head.includes(".")) ? null : amount + tail;
}

/** What follows a unit of 10^`places`: a single digit counts in the next smaller unit, more must fill it. */
function below(text, places) {
  if (/^\d$/.test(text)) return hundredths(text, places - 1);
  if (/^零\d+$/.test(text)) return text.length <= places ? hundredths(text.slice(1), 0) : null;
  if (/^零./.test(text)) return below(text.slice(1), places - 1);
  if (/^\d+$/.test(text)) return text.length === places ? hundredths(text, 0) : null; // 1万25 may be many things
  const match = /^(\d)([千百十])(.*)$/.exec(text);
  if (!match || PLACES[match[2]] >= places) return null;
  const tail = match[3] ? below(match[3], PLACES[match[2]]) : 0;
  return tail === null ? null : hundredths(match[1], PLACES[match[2]]) + tail;
}

/** `12,345.60 元`, `1.2万`, `1万2千` as yuan with two decimals; null if it is not clear. */
export function parseMoney(text) {
  let rest = plain(text).replace(/^(人民币|rmb|cny|¥)/, "").replace(/(元|块|块钱|圆|yuan|rmb)整?$/, "");
  if (/,/.test(rest)) {
    if (!/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(rest)) return null;
    rest = rest.replace(/,/g, "");
  }
  const amount = /[万千百十]/.test(rest) ? inUnits(rest) : hundredths(rest, 0);
  return amount === null ? null : decimal(amount);
}

/** `60%`, `60`, `0.6`, `6成` as a fraction of one, `0.60`; null if it is none. What is below one counts as a fraction. */
export function parseRate(text) {
  const match = /^(?:百分之)?(\d*\.?\d*)(%|成|percent)?$/.exec(plain(text));
  if (!match) return null;
  const [, number, unit] = match;
  const fraction = !unit && !/^百/.test(plain(text)) && Number(number) < 1;
  const points = hundredths(number, unit === "成" ? 1 : fraction ? 2 : 0);
  if (points === null || points > 10000) return null;
  const digits = String(points).padStart(5, "0");
  return (digits.slice(0, -4) + "." + digits.slice(-4)).replace(/00$/, "");
}

/** `65`, `６５岁` as a number; null if it is not a whole one. */
export function parseWhole(text) {
  const match = /^(\d{1,7})[^\d.,]{0,6}$/.exec(plain(text));
  return match ? Number(match[1]) : null;
}

/** Year, month and day as they are written, whether there is such a day or not; null if it is no date at all. */
function writtenDay(text) {
  const written = plain(text);
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(written) || /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written);
  return match && match.slice(1).map(Number);
}

/** `2016-3-1`, `2016年3月1日`, `20160301` as `2016-03-01`; null if there is no such day. */
export function parseDay(text) {
  const written = writtenDay(text);
  if (!written) return null;
  const [year, month, day] = written;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1000) return null;
  return date.toISOString().slice(0, 10);
}

/** Whether a text is a date as one writes it, of a day that does not exist: `2016-02-30`. */
export function isNoDay(text) {
  return writtenDay(text) !== null && parseDay(text) === null;
}

/** `1966-7`, `1966年7月` as `1966-07`; null if it is no month. */
export function parseMonth(text) {
  const match = /^(\d{4})[-/.年]?(\d{1,2})月?$/.exec(plain(text));
  return match && parseDay(match[1] + "-" + match[2] + "-1") ? match[1] + "-" + match[2].padStart(2, "0") : null;
}

/** `1497.50` as `1,497.50`, `2000.00` as `2,000`. */
export function showMoney(yuan) {
  const [whole, fen] = yuan.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fen && fen !== "00" ? grouped + "." + fen : grouped;
}

/** `0.60` as `60%`, `0.6250` as `62.5%`. */
export function showRate(rate) {
  const [whole, decimals] = rate.split(".");
  const points = (decimals || "").padEnd(4, "0");
  const percent = Number(whole + points.slice(0, 2)) + "." + points.slice(2);
  return percent.replace(/\.?0+$/, (zeros) => (zeros.startsWith(".") ? "" : zeros)).replace(/(\.\d*?)0+$/, "$1") + "%";
}
