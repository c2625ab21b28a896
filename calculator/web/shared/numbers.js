// @ts-check
// Formatting the calculator's numbers. No float arithmetic: digits are moved as text.

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
