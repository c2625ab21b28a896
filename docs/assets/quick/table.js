// @ts-check
// Looking up what everybody pays in the breakpoints that the build worked out. No rule lives here.

/** @typedef {{payer: string, low: number, high: number}} Share Amounts in yuan, not rounded. */

/** The amount at a cost: `points` is [cost, amount, cost, amount, ...], rising by cost, straight in between.
 * @param {number[]} points @param {number} cost */
function amountAt(points, cost) {
  let at = 2;
  while (points[at] < cost && at < points.length - 2) at += 2;
  const [start, low, end, high] = points.slice(at - 2, at + 2);
  return low + ((high - low) * (cost - start)) / (end - start);
}

/** What everybody pays of a bill (fen), the person last. Breakpoints are whole fen: what differs by less than half a yuan is one.
 * @param {Array<[string, number[], number[] | 0]>} table @param {number} cost @returns {Share[]} */
export function sharesOf(table, cost) {
  const shares = table.map(([payer, from, to]) => {
    const low = amountAt(from, cost) / 100;
    const high = to ? amountAt(to, cost) / 100 : low;
    return {payer, low, high: high - low < 0.5 ? low : high};
  });
  return [...shares.slice(1), shares[0]];
}

/** Round amounts to whole yuan so that they still add up to `total`: the largest rests are rounded up.
 * @param {number[]} amounts @param {number} total @returns {number[]} */
export function inYuan(amounts, total) {
  const whole = amounts.map(Math.floor);
  const missing = Math.round(total) - whole.reduce((sum, each) => sum + each, 0);
  const rests = amounts.map((amount, index) => ({index, rest: amount - whole[index]}));
  rests.sort((one, other) => other.rest - one.rest);
  for (const {index} of rests.slice(0, Math.max(0, missing))) whole[index] += 1;
  return whole;
}
