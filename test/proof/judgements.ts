import type { Exchange } from './attack.ts';
import { errorTypes, gaveNothing, readAnswer } from './exchange.ts';

/** What attacks expect of answers: each says what is wrong, or nothing. */
export type Judge = (exchanges: readonly Exchange[]) => string[];

/** Every request was refused before anything ran: 401 or 403 and no data. */
export const refusedAtTheDoor: Judge = (exchanges) =>
  exchanges.flatMap((each) =>
    [401, 403].includes(each.status) && gaveNothing(each)
      ? []
      : [`expected 401 or 403 without data, got ${short(each)}`],
  );

/** The field was refused to this caller: `Unauthorized`, and null in its place. */
export const unauthorized: Judge = (exchanges) =>
  exchanges.flatMap((each) => {
    const refused = [401, 403].includes(each.status) || errorTypes(each).includes('Unauthorized');
    return refused && gaveNothing(each) ? [] : [`expected Unauthorized and no data, got ${short(each)}`];
  });

/** The field was not refused for who asks; what it then says of the input is its own. */
export const authorized: Judge = (exchanges) =>
  exchanges.flatMap((each) =>
    each.status === 200 && !errorTypes(each).some((type) => /Unauthorized/.test(type))
      ? []
      : [`expected to be let in, got ${short(each)}`],
  );

/** The request was not valid: nothing ran. */
export const invalid: Judge = (exchanges) =>
  exchanges.flatMap((each) =>
    gaveNothing(each) && (each.status >= 400 || (readAnswer(each).errors ?? []).length > 0)
      ? []
      : [`expected errors and no data, got ${short(each)}`],
  );

/** Nothing came back that was asked for; how that is said is not looked at. */
export const nothingGiven: Judge = (exchanges) =>
  exchanges.flatMap((each) => (gaveNothing(each) ? [] : [`expected nothing, got ${short(each)}`]));

/** Both answers are the same but for the ids that were asked for: a stranger's thing cannot be told from a missing one. */
export function alike(...ids: readonly (readonly string[])[]): Judge {
  return (exchanges) => {
    const [first, ...others] = exchanges.map(({ status, answer }, index) => {
      const text = (ids[index] ?? []).reduce((rest, id) => rest.replaceAll(id, '<id>'), answer);
      return `${status} ${text}`;
    });
    return others.flatMap((other) => (other === first ? [] : [`told apart: ${cut(first ?? '')} and ${cut(other)}`]));
  };
}

const short = ({ status, answer }: Exchange): string => `${status} ${cut(answer)}`;
const cut = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
