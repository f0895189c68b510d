import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { findStack } from '../stack/find-stack.ts';
import type { DoStep, Work } from '../work.ts';

/** The stack is made and does not do what it should. */
export class SmokeCheckError extends Error {
  override readonly name = 'SmokeCheckError';
  constructor(readonly check: string, readonly got: string, readonly expected: string) {
    super(`${check}: got ${got}, expected ${expected}`);
  }
}

/** How often it is asked again: a new API takes a moment to be reachable everywhere. */
const mostLooks = 15;

/** The API serves the release to the system and nothing to whoever has no token; its pool of users is there. */
export const smokeCheck: DoStep = async (work) => {
  const outputs = await outputsOf(work);
  for (let look = 0; ; look += 1) {
    try {
      await checkHealth(work, outputs.GraphqlUrl);
      await checkRefusal(work, outputs.GraphqlUrl);
      await checkPool(work, outputs.UserPoolId);
      return `the API ${outputs.ApiId} serves release ${work.run.release}`;
    } catch (error) {
      if (look >= mostLooks) throw error;
      work.log(`not yet: ${error instanceof Error ? error.message : String(error)}`);
      await work.services.pause(look);
    }
  }
};

async function outputsOf({
  services,
  stackName,
}: Work): Promise<Record<'GraphqlUrl' | 'ApiId' | 'UserPoolId', string>> {
  const stack = await findStack(services.cloudFormation, stackName);
  const outputs = new Map((stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  const output = (name: string): string => {
    const value = outputs.get(name);
    if (!value) throw new SmokeCheckError('outputs', [...outputs.keys()].join(', ') || 'none', name);
    return value;
  };
  return { GraphqlUrl: output('GraphqlUrl'), ApiId: output('ApiId'), UserPoolId: output('UserPoolId') };
}

async function checkHealth({ services, run }: Work, url: string): Promise<void> {
  const { health } = (await services.graphql(url)('{ health { stack release } }', {})) as {
    readonly health: { readonly stack: string; readonly release: string };
  };
  const got = `${health.stack} ${health.release}`;
  const expected = `${run.tenantId} ${run.release}`;
  if (got !== expected) throw new SmokeCheckError('health', got, expected);
}

/** The authorizer is asked and refuses: AppSync answers 401 when it does, and something else when it cannot be called. */
async function checkRefusal({ services }: Work, url: string): Promise<void> {
  const response = await services.fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'no-token' },
    body: JSON.stringify({ query: '{ me { id } }' }),
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 401) throw new SmokeCheckError('a call without a token', String(response.status), '401');
}

async function checkPool({ services }: Work, userPoolId: string): Promise<void> {
  const { UserPool } = await services.cognito.send(new DescribeUserPoolCommand({ UserPoolId: userPoolId }));
  if (UserPool?.Id !== userPoolId) throw new SmokeCheckError('user pool', String(UserPool?.Id), userPoolId);
}
