const required = [
  'tenantId',
  'stackName',
  'region',
  'apiId',
  'graphqlUrl',
  'realtimeUrl',
  'userPoolId',
  'userPoolClientId',
  'productsTable',
  'ordersTable',
  'dataRoleArn',
] as const;

/** Where a tenant stack is, as its template says. `tenantId` is `pooled` for the stack that tenants share. */
export type StackFacts = Readonly<Record<(typeof required)[number], string>>;

/** The template does not say all that the mapping needs. */
export class StackFactsError extends Error {
  override readonly name = 'StackFactsError';
  constructor(readonly missing: readonly string[]) {
    super(`The custom resource lacks the properties ${missing.join(', ')}; expected text for each`);
  }
}

export function readStackFacts(properties: Readonly<Record<string, unknown>>): StackFacts {
  const missing = required.filter((name) => typeof properties[name] !== 'string' || properties[name] === '');
  if (missing.length > 0) throw new StackFactsError(missing);
  return Object.fromEntries(required.map((name) => [name, properties[name]])) as StackFacts;
}
