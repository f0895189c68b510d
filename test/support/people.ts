import type { TenantRole } from '../../generated/application.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import { chosenPassword, type Company, type Person, signIn, temporaryPassword } from './given.ts';
import { mutate } from './mutate.ts';

let count = 0;

function anAddress(): string {
  count += 1;
  return `person${process.pid}x${count}@people.example`;
}

/** Another user of a company, invited by its administrator and signed in with a password of their own. */
export async function aColleague(outputs: Outputs, { admin }: Company, role: TenantRole): Promise<Person> {
  const email = anAddress();
  const target = { url: outputs.pooled.graphqlUrl, headers: admin.headers };
  await invite(target, 'createUser', { email, name: 'Cai Colleague', role });
  return await acceptInvitation(outputs, outputs.pooled.userPoolClientId, email);
}

/** An operator of customer support. */
export async function aSupporter(outputs: Outputs, systemAdmin: Person): Promise<Person> {
  const email = anAddress();
  const target = { url: outputs.controlPlane.graphqlUrl, headers: systemAdmin.headers };
  await invite(target, 'createOperator', { email, name: 'Sam Support', role: 'CUSTOMER_SUPPORT' });
  return await acceptInvitation(outputs, outputs.controlPlane.userPoolClientId, email);
}

async function invite(target: Parameters<typeof mutate>[0], field: string, input: object): Promise<void> {
  const { userErrors } = await mutate(target, field, input, '__typename');
  if (userErrors.length > 0) throw new Error(`${field}: ${JSON.stringify(userErrors)}`);
}

async function acceptInvitation(outputs: Outputs, clientId: string, email: string): Promise<Person> {
  return await signIn(outputs, clientId, email, await temporaryPassword(outputs, email), chosenPassword);
}
