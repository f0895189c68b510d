import { type Answer, ask, type Call, describe, isDenied, isEmpty } from './ask.ts';

/** Something that must not succeed. */
export interface Probe {
  readonly id: string;
  readonly name: string;
  readonly expected: string;
  /** Finds out what it needs first; what cannot be tried says so by an Error. */
  call(): Promise<Call> | Call;
  /** Whether the answer is the refusal that is expected; else that the caller was denied. */
  isRefused?(answer: Answer): boolean;
}

export interface Outcome {
  readonly verdict: 'refused' | 'let through' | 'not tried';
  readonly answer: string;
}

/** Tries it for real. */
export async function runProbe({ call, isRefused = isDenied }: Probe): Promise<Outcome> {
  try {
    const answer = await ask(await call());
    return { verdict: isRefused(answer) ? 'refused' : verdictOf(answer), answer: describe(answer) };
  } catch (error) {
    return { verdict: 'not tried', answer: error instanceof Error ? error.message : String(error) };
  }
}

/** Another error than the expected one, of a rate, a quota or a fault, says nothing of what there would have been without it. */
function verdictOf(answer: Answer): Outcome['verdict'] {
  return answer.errors.length > 0 && isEmpty(answer) ? 'not tried' : 'let through';
}
