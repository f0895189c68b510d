import { setTimeout as sleep } from 'node:timers/promises';
import type { Outputs } from '../../infra/start/outputs.ts';
import {
  chosenPassword,
  type Company,
  aRegistration,
  publicHeaders,
  register,
  signIn,
  temporaryPassword,
  untilOnboarded,
} from './given.ts';
import { graphqlData } from './graphql.ts';

/** Where a tenant's clients go, as the public field says. */
export interface Routing {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint: string | null;
}

export async function routingOf(outputs: Outputs, slug: string): Promise<Routing> {
  const query =
    'query Routing($slug: String!) { tenantRouting(slug: $slug) { graphqlUrl realtimeUrl userPoolId userPoolClientId userPoolEndpoint } }';
  const data = await graphqlData(outputs.controlPlane.graphqlUrl, publicHeaders(outputs), query, { slug });
  return (data as { tenantRouting: Routing }).tenantRouting;
}

export interface Silo extends Company {
  readonly routing: Routing;
  readonly apiId: string;
}

/** A silo takes seconds; on a machine that is busy with tests, more. */
export const siloPatience = 120_000;

/** A platinum company with a stack of its own, its administrator signed in there. */
export async function aSilo(outputs: Outputs): Promise<Silo> {
  const input = aRegistration({ tier: 'PLATINUM' });
  const { registration, userErrors } = await register(outputs, input);
  if (!registration) throw new Error(`Not registered: ${JSON.stringify(userErrors)}`);
  const { status, failure, tenantId } = await untilOnboarded(outputs, registration.id, siloPatience);
  if (status !== 'ACTIVE') throw new Error(`Onboarding ended ${status}: ${failure ?? ''}`);
  const routing = await routingOf(outputs, input.slug);
  const temporary = await temporaryPassword(outputs, input.adminEmail);
  const admin = await signIn(outputs, routing.userPoolClientId, input.adminEmail, temporary, chosenPassword);
  return { tenantId, slug: input.slug, admin, routing, apiId: routing.graphqlUrl.split('/').pop() ?? '' };
}

export interface Run {
  readonly id: string;
  readonly status: 'REQUESTED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly action: string;
  readonly release: string;
  readonly attempt: number;
  readonly failure: string | null;
  readonly failedStep: string | null;
  readonly logTail: readonly string[];
  readonly executionId: string | null;
  readonly steps: readonly { readonly name: string; readonly status: string; readonly message: string | null }[];
}

/** The runs of a stack, newest first, as operators see them. */
export async function runsOf(
  outputs: Outputs,
  operator: { readonly headers: { readonly authorization: string } },
  tenantId: string,
): Promise<Run[]> {
  const query = `query Runs($tenantId: ID!) { provisioningRuns(tenantId: $tenantId) { edges { node {
    id status action release attempt failure failedStep logTail executionId steps { name status message }
  } } } }`;
  const data = await graphqlData(outputs.controlPlane.graphqlUrl, operator.headers, query, { tenantId });
  const { provisioningRuns } = data as { provisioningRuns: { edges: { node: Run }[] } };
  return provisioningRuns.edges.map(({ node }) => node);
}

/** The newest run of a stack, once it is settled. */
export async function settledRun(
  outputs: Outputs,
  operator: { readonly headers: { readonly authorization: string } },
  tenantId: string,
): Promise<Run> {
  const end = Date.now() + siloPatience;
  for (;;) {
    const [run] = await runsOf(outputs, operator, tenantId);
    if (run && (run.status === 'SUCCEEDED' || run.status === 'FAILED')) return run;
    if (Date.now() > end)
      throw new Error(`The run of ${tenantId} is ${run?.status ?? 'not there'}: ${run?.logTail.at(-1) ?? ''}`);
    await sleep(100);
  }
}
