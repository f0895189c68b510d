/** What a person can mend. It travels in the payload, beside a null entity; faults and refusals are top-level errors. */
export interface UserError<Code extends string = string> {
  readonly code: Code;
  /** The input's field at fault: `lines.2.quantity`; null where it is no single one. */
  readonly field: string | null;
  readonly message: string;
}

export function userError<Code extends string>(code: Code, field: string | null, message: string): UserError<Code> {
  return { code, field, message };
}
