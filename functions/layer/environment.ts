/** Variables that a function was deployed without; thrown when its code is loaded, so that it never serves half a request. */
export class MissingEnvironmentError extends Error {
  override readonly name = 'MissingEnvironmentError';
  constructor(readonly missing: readonly string[]) {
    super(`The function was deployed without ${missing.join(', ')}; set it in the stack that makes the function`);
  }
}

/**
 * Reads the variables that a function needs, all at once.
 *
 * @example const { TENANTS_TABLE } = readEnvironment('TENANTS_TABLE', 'GATES_TABLE');
 * @throws MissingEnvironmentError naming every variable that is absent or empty
 */
export function readEnvironment<Name extends string>(...names: readonly Name[]): Readonly<Record<Name, string>> {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new MissingEnvironmentError(missing);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Record<Name, string>;
}
