/** What a person can mend: it travels in the payload, beside a null entity. The codes are the schema's. */
export interface UserError<Code extends string = string> {
  readonly code: Code;
  /** The input's field at fault, or null. */
  readonly field: string | null;
  readonly message: string;
  /** Values of the field that would be taken. */
  readonly suggestions?: string[];
}

export function userError<Code extends string>(code: Code, field: string | null, message: string): UserError<Code> {
  return { code, field, message };
}
