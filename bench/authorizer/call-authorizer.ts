/**
 * Loads the authorizer as Lambda does and calls it: once, then `calls` times with the clock of the processor beside it. Started with what
 * `AUTHORIZER_RUN` says, as JSON; it holds a token, so it is no argument that others could list.
 */
import { createRequire } from 'node:module';
import { redirectAwsHosts } from '../../infra/local/lambda/worker/redirect-aws-hosts.ts';
import type { AuthorizerRun, WarmCalls } from './run-authorizer.ts';

type Handler = (event: object, context: object) => Promise<{ readonly isAuthorized: boolean }>;

const { bundle, port, certificateAuthority, token, apiId, calls } = JSON.parse(
  process.env['AUTHORIZER_RUN'] ?? '',
) as AuthorizerRun;

async function run(): Promise<void> {
  redirectAwsHosts({ port, certificateAuthority });
  const { handler } = createRequire(bundle)(bundle) as { readonly handler: Handler };
  const event = { authorizationToken: token, requestContext: { apiId, requestId: 'bench', accountId: '000000000000' } };
  const call = async (): Promise<void> => {
    const { isAuthorized } = await handler(event, { awsRequestId: 'bench' });
    if (!isAuthorized) throw new Error('The authorizer refused a token that is valid');
  };
  await call();
  process.stdout.write('first answer\n');
  if (calls === 0) process.exit();

  for (let warmUp = 0; warmUp < calls; warmUp += 1) await call();
  const [from, before] = [performance.now(), process.cpuUsage()];
  for (let made = 0; made < calls; made += 1) await call();
  const { user, system } = process.cpuUsage(before);
  const warm: WarmCalls = { cpu: (user + system) / 1000 / calls, wall: (performance.now() - from) / calls };
  process.stdout.write(`${JSON.stringify(warm)}\n`);
  process.exit();
}

void run();
