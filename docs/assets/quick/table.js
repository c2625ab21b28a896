// @ts-check
// Looks up each payer's amount in the breakpoints computed by the build. There are no rules here.

/** @typedef {{payer: string, low: number, high: number}} Share Amounts in yuan, not rounded. */

/** Linear interpolation: `points` is [cost, amount, cost, amount, ...], ascending by cost.
 * @param {number[]} points @param {number} cost */
function amountAt(points, cost) {
  let at = 2;
  while (points[at] < cost && at < points.length - 2) at += 2;
  const [start, low, end, high] = points.slice(at - 2, at + 2);
  return low + ((high - low) * (cost - start)) / (end - start);
}

/** Each payer's share of a bill (fen), the person's own last. A range of less than half a yuan counts as exact.
 * @param {Array<[string, number[], number[] | 0]>} table @param {number} cost @returns {Share[]} */
export function sharesOf(table, cost) {
  const shares = table.map(([payer, from, to]) => {
    const low = amountAt(from, cost) / 100;
    const high = to ? amountAt(to, cost) / 100 : low;
    return {payer, low, high: high - low < 0.5 ? low : high};
  });
  return [...shares.slice(1), shares[0]];
}

/** Round amounts to whole yuan so that they still add up to `total`: the largest remainders are rounded up.
 * @param {number[]} amounts @param {number} total @returns {number[]} */
export function inYuan(amounts, total) {
  const whole = amounts.map(Math.floor);
  const missing = Math.round(total) - whole.reduce((sum, yuan) => sum + yuan, 0);
  const remainders = amounts.map((amount, index) => ({index, remainder: amount - whole[index]}));
  remainders.sort((one, other) => other.remainder - one.remainder);
  for (const {index} of remainders.slice(0, Math.max(0, missing))) whole[index] += 1;
  return whole;
}
