/**
 * Draws 0 to count − 1 by Zipf's law: place n has a weight of 1 / (n + 1)^theta. YCSB draws so with theta 0.99.
 * @param random - numbers from 0 to below 1
 */
export function createZipf(count: number, theta: number, random: () => number): () => number {
  if (count < 1) throw new Error(`Zipf's law was asked to draw from ${count} things, expected at least 1`);
  const sums: number[] = [];
  let sum = 0;
  for (let place = 1; place <= count; place += 1) sums.push((sum += 1 / place ** theta));
  return () => firstAbove(sums, random() * sum);
}

/** The part of all draws that the first of so many places has. */
export function zipfShare(count: number, theta: number): number {
  return (
    1 / Array.from({ length: count }, (_, place) => 1 / (place + 1) ** theta).reduce((sum, weight) => sum + weight, 0)
  );
}

/** The first place whose sum is above `value`, by halving. */
function firstAbove(sums: readonly number[], value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
