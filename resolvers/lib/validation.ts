/**
 * Checks of what a person typed. Each answers the checked value's user error or null, so that a mutation can gather
 * them all and answer at once: `found([checkText(…), checkInteger(…)])`.
 */
import { util } from '@aws-appsync/utils';
import { userError, type UserError } from './userError.ts';

type InvalidInput = UserError<'INVALID_INPUT'>;

/** A name without the spaces around it. */
export function trimmed(value: string | null | undefined): string | null {
  return typeof value === 'string' ? value.trim() : null;
}

export interface TextRange {
  readonly shortest: number;
  readonly longest: number;
}

export function checkText(field: string, value: string, { shortest, longest }: TextRange): InvalidInput | null {
  if (value.length < shortest || value.length > longest) {
    return invalidInput(field, `has ${value.length} characters, expected ${shortest} to ${longest}`);
  }
  // Control characters and lone surrogates, which are no text and which not every store keeps; as functions/layer/input-checks.ts has it.
  if (!util.matches('^[^\\p{Cc}\\p{Cs}\\u2028\\u2029]*$', value))
    return invalidInput(field, 'has control characters, expected text');
  return null;
}

export interface IntegerRange {
  readonly least: number;
  readonly most: number;
}

export function checkInteger(field: string, value: number, { least, most }: IntegerRange): InvalidInput | null {
  return value >= least && value <= most ? null : invalidInput(field, `is ${value}, expected ${least} to ${most}`);
}

/** A plain e-mail address of at most 254 characters. Cognito has the last word on whether mail can be sent to it. */
export function checkEmail(field: string, value: string): InvalidInput | null {
  const plain = '^[A-Za-z0-9.!#$%&*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$';
  if (value.length <= 254 && util.matches(plain, value)) return null;
  return invalidInput(field, 'is not an e-mail address, expected name@example.com');
}

export function invalidInput(field: string, message: string): InvalidInput {
  return userError('INVALID_INPUT', field, `${field} ${message}`);
}

/** The errors among the answers of checks. */
export function found<Code extends string>(answers: readonly (UserError<Code> | null)[]): UserError<Code>[] {
  return answers.flatMap((answer) => (answer ? [answer] : []));
}
