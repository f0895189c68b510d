/** What a person can mend, as payloads tell it. */
export interface UserError {
  readonly code: string;
  readonly field?: string | null;
  readonly message: string;
}

/** By the input's field; under `''` what belongs to none. Texts start with the field's name, which its label says already. */
export function problemsByField(errors: readonly UserError[]): Readonly<Record<string, string>> {
  return Object.fromEntries(errors.map(({ field, message }) => [field ?? '', sentence(message, field ?? '')]));
}

function sentence(message: string, field: string): string {
  const text = message.startsWith(`${field} `) ? message.slice(field.length + 1) : message;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
