import type { PipelineStep } from '../../resolvers/pipelines.ts';
import type { RootField } from './schema-text.ts';

export interface GuardedPlane {
  readonly plane: string;
  readonly fields: readonly RootField[];
  /** Who may use each field (schema/permissions.ts). */
  readonly permissions: Readonly<Record<string, { readonly roles: readonly string[] }>>;
  /** What must run before anything else for those who have one of these roles: role → steps. */
  readonly guards: readonly { readonly role: 'PUBLIC' | 'TENANT'; readonly steps: readonly string[] }[];
  /** All steps of a field, in order, as paths below resolvers/. */
  readonly stepsOf: (field: RootField) => readonly PipelineStep[];
}

/**
 * Synth fails if a root field has no row of permissions, if the schema opens it to others than the row says, or if it can be asked
 * by a tenant's user or by anyone without the gate having run first.
 *
 * @throws Error naming each such field
 */
export function requireGuards({ plane, fields, permissions, guards, stepsOf }: GuardedPlane): void {
  const problems = fields.flatMap((field) => {
    const roles = permissions[field.coordinate]?.roles;
    if (!roles) return [`${field.coordinate} has no row in schema/permissions.ts`];
    return [...openings(field, roles), ...guards.flatMap((guard) => missing(field, roles, guard))];
  });
  const known = new Set(fields.map(({ coordinate }) => coordinate));
  for (const row of Object.keys(permissions)) {
    if (!known.has(row)) problems.push(`schema/permissions.ts has a row for ${row}, which the schema lacks`);
  }
  if (problems.length > 0) throw new Error(`The ${plane} plane is not guarded:\n  ${problems.join('\n  ')}`);

  function missing(field: RootField, roles: readonly string[], { role, steps }: GuardedPlane['guards'][number]) {
    const isMeant = roles.some((one) => one.startsWith(role));
    const first = stepsOf(field)
      .slice(0, steps.length)
      .map(({ step }) => step);
    if (!isMeant || first.join() === steps.join()) return [];
    return [`${field.coordinate} does not begin with ${steps.join(', ')} but with ${first.join(', ')}`];
  }
}

/** A field without a directive is open to whoever the authorizer lets in, and to nobody else. */
function openings({ coordinate, directives }: RootField, roles: readonly string[]): string[] {
  const isSystem = roles.includes('SYSTEM');
  const isPublic = roles.includes('PUBLIC');
  const problems: string[] = [];
  if (isSystem !== directives.includes('aws_iam')) {
    problems.push(`${coordinate} is ${isSystem ? '' : 'not '}the system's own by its row, but not so by @aws_iam`);
  }
  if (isPublic !== directives.includes('aws_api_key')) {
    problems.push(`${coordinate} is ${isPublic ? '' : 'not '}public by its row, but not so by @aws_api_key`);
  }
  if (isSystem && (roles.length > 1 || directives.includes('aws_lambda'))) {
    problems.push(`${coordinate} is the system's own and somebody else's`);
  }
  return problems;
}
