import type { TenantRole } from '../generated/application.ts';
import type { OperatorRole } from '../generated/control-plane.ts';
import { applicationPermissions, controlPlanePermissions, type Permission, type Permissions } from './permissions.ts';

/** A column of a plane's table: its heading, and the roles of which one is enough. */
type Column<Role extends string> = readonly [heading: string, roles: Permission<Role>['roles']];

const tenantColumns: readonly Column<TenantRole>[] = [
  ['tenant user', ['TENANT_USER', 'PUBLIC']],
  ['tenant administrator', ['TENANT_ADMIN', 'PUBLIC']],
  ['the system', ['SYSTEM']],
];

const operatorColumns: readonly Column<OperatorRole>[] = [
  ['anyone', ['PUBLIC']],
  ['customer support', ['CUSTOMER_SUPPORT', 'PUBLIC']],
  ['system administrator', ['SYSTEM_ADMIN', 'PUBLIC']],
  ['the system', ['SYSTEM']],
];

/** docs/permissions.md, from the tables that the authorizers answer from. */
export function permissionsPage(): string {
  return `# Who may do what

Made from \`schema/permissions.ts\` by \`node bin/run.mjs schema/write-permissions-page.ts\`: change that table, not this page. A
test fails where the two differ.

Every root field of both schemas has a row; a test holds that. Within the application plane nobody gets past their
own tenant, whatever the role.

## Application plane

The role is the one in the tenant registry; a change of it holds within a minute. \`the system\` is a function of the
product that calls with IAM.

${matrix(applicationPermissions, tenantColumns)}
## Control plane

\`anyone\` calls with the public API key.

${matrix(controlPlanePermissions, operatorColumns)}`;
}

function matrix<Role extends string>(permissions: Permissions<Role>, columns: readonly Column<Role>[]): string {
  const rows = Object.entries<Permission<Role>>(permissions).map(([field, { roles, tiers }]) => [
    tiers ? `\`${field}\` (${tiers.join(', ')})` : `\`${field}\``,
    ...columns.map(([, enough]) => (roles.some((role) => enough.includes(role)) ? '✓' : '')),
  ]);
  return table([['field', ...columns.map(([heading]) => heading)], ...rows]);
}

/** A Markdown table, padded as the formatter wants it. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  return [head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('');
}
