import { ulid } from 'ulid';
import type { CyclePlan, Expectation, Step } from './job.ts';

/** A step that is ready to be sent, with the judge of its answer: undefined is good, else what was wrong. */
export interface Ready {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  judge(status: number, body: string): Verdict;
}

/** `conflict`: a good answer that says that another one was quicker. */
export type Verdict = 'good' | 'conflict' | { readonly wrong: string };

/** Where journeys come from: each call answers the steps of the next one. */
export type Source = () => readonly Ready[];

/** Callers in turn; of each caller the credentials in turn and the journeys in turn. */
export function cycle({ callers, credentialsOnce = false }: CyclePlan): Source {
  let count = 0;
  return () => {
    const caller = callers[count % callers.length];
    const turn = Math.floor(count / callers.length);
    count += 1;
    const credentials = caller?.credentials[turn % caller.credentials.length];
    const journey = caller?.journeys[turn % caller.journeys.length];
    if (!caller || !credentials || !journey)
      throw new Error('A plan has no caller, or a caller no credential or journey');
    if (credentialsOnce && turn >= caller.credentials.length)
      throw new Error(
        `Each caller’s ${caller.credentials.length} credentials are used up: make more, or measure for less time`,
      );
    // The journey's own, and made for those that name them: an id takes the load as long as sending a request.
    let moment: string | undefined;
    let made: string | undefined;
    const values = { now: () => (moment ??= String(Date.now() * 1000)), id: () => (made ??= ulid()) };
    return journey.steps.map((step) => ready(step, credentials, values));
  };
}

function ready(
  step: Step,
  credentials: Readonly<Record<string, string>>,
  { now, id }: { readonly now: () => string; readonly id: () => string },
): Ready {
  return {
    headers: { ...step.headers, ...credentials },
    body: step.body.includes('{{') ? step.body.replaceAll('{{now}}', now).replaceAll('{{id}}', id) : step.body,
    judge: (status, body) => judge(step.expected, status, body),
  };
}

/** Errors inside a 200 included: an expectation names what a good answer alone has. */
export function judge({ exactly, containing = [] }: Expectation, status: number, body: string): Verdict {
  const missing = containing.find((part) => !body.includes(part));
  const good = status === 200 && (exactly === undefined || body === exactly) && missing === undefined;
  if (good) return 'good';
  const expected = exactly ?? missing ?? 'status 200';
  return { wrong: `answered ${status} ${body.slice(0, 300)}, expected ${expected.slice(0, 300)}` };
}
