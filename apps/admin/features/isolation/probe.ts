import { type Answer, ask, type Call, describe, isDenied } from './ask.ts';

/** Something that must not succeed. */
export interface Probe {
  readonly id: string;
  readonly name: string;
  readonly expected: string;
  /** Finds out what it needs first; what cannot be tried says so by an Error. */
  call(): Promise<Call> | Call;
  /** Whether the answer gave nothing away; else that the caller was denied. */
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
    return { verdict: isRefused(answer) ? 'refused' : 'let through', answer: describe(answer) };
  } catch (error) {
    return { verdict: 'not tried', answer: error instanceof Error ? error.message : String(error) };
  }
}
