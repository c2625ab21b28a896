// What people type, understood; what the calculator gives, written for a reader. No floats: digits are moved as text.

/** Full-width characters to plain ones, spaces away: `１２，３４５．６０ 元` is `12,345.60元`. */
function plain(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, "¥")
    .replace(/(\d)。(\d)/g, "$1.$2")
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

/** `12,345.60 元`, `1.2万`, `1万2千` as yuan with two decimals; null if it is not clear. */
export function parseMoney(text) {
  let rest = plain(text).replace(/^(人民币|rmb|cny|¥)/, "").replace(/(元|块|块钱|圆|yuan|rmb)整?$/, "");
  if (/,/.test(rest)) {
    if (!/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(rest)) return null;
    rest = rest.replace(/,/g, "");
  }
  const large = /^(\d+(?:\.\d+)?)(万|千)(?:(\d+)(千)?)?$/.exec(rest);
  if (!large) {
    const amount = hundredths(rest, 0);
    return amount === null ? null : decimal(amount);
  }
  const [, head, unit, tail, thousands] = large;
  let amount = hundredths(head, unit === "万" ? 4 : 3);
  if (tail !== undefined) {
    // 1万2 may be 12,000 or 10,002: not clear enough for money
    const limit = thousands ? 1 : 4;
    if (unit === "千" || head.includes(".") || tail.length > limit || (!thousands && tail.length < 2)) return null;
    amount += hundredths(tail, thousands ? 3 : 0);
  }
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

/** `2016-3-1`, `2016年3月1日`, `20160301` as `2016-03-01`; null if there is no such day. */
export function parseDay(text) {
  const written = plain(text);
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(written) || /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(written);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1000) return null;
  return date.toISOString().slice(0, 10);
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
