import { expect, test } from 'vitest';
import { matching } from './commands.ts';

const command = (name: string, kind: string) => ({ id: name, name, kind, run: () => undefined });
const commands = [
  command('Audit log', 'Page'),
  command('Tenants', 'Page'),
  command('Suspended tenants', 'Action'),
  command('Acme Outdoor (acme)', 'Tenant'),
];

test.each([
  ['', ['Audit log', 'Tenants', 'Suspended tenants', 'Acme Outdoor (acme)']],
  ['tenants', ['Tenants', 'Suspended tenants']],
  ['  OUT acme ', ['Acme Outdoor (acme)']],
  ['page', ['Audit log', 'Tenants']],
  ['nothing like it', []],
])('%j finds %j', (text, names) => {
  expect(matching(commands, text).map(({ name }) => name)).toEqual(names);
});
