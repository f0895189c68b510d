/**
 * The order of a round: another one begins each time, and every second round goes backwards, so that nobody always comes first, or always
 * after the same one.
 */
export function inTurn<Thing>(things: readonly Thing[], round: number): Thing[] {
  const from = things.length === 0 ? 0 : round % things.length;
  const turned = [...things.slice(from), ...things.slice(0, from)];
  return round % 2 === 0 ? turned : turned.reverse();
}
