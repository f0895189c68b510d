import { get } from 'node:http';
import type { Attack, AttackGroup } from '../attack.ts';
import type { Deployment } from '../clients.ts';
import { exchange } from '../exchange.ts';
import type { World } from '../subjects.ts';

/** Every AWS API that the local cloud offers on its port, asked without credentials and with made-up ones. */
const apis: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['dynamodb', { 'x-amz-target': 'DynamoDB_20120810.ListTables', 'content-type': 'application/x-amz-json-1.0' }, '{}'],
  [
    'cognito-idp',
    { 'x-amz-target': 'AWSCognitoIdentityProviderService.ListUserPools', 'content-type': 'application/x-amz-json-1.1' },
    '{"MaxResults":10}',
  ],
  ['events', { 'x-amz-target': 'AWSEvents.ListEventBuses', 'content-type': 'application/x-amz-json-1.1' }, '{}'],
  ['ssm', { 'x-amz-target': 'AmazonSSM.DescribeParameters', 'content-type': 'application/x-amz-json-1.1' }, '{}'],
  ['cloudformation', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=ListStacks&Version=2010-05-15'],
  ['sts', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=GetCallerIdentity&Version=2011-06-15'],
  ['iam', { 'content-type': 'application/x-www-form-urlencoded' }, 'Action=ListRoles&Version=2010-05-08'],
];

const origins = ['https://evil.example', 'null', 'http://localhost.evil.example'];

/** What lies beside the GraphQL endpoints: CORS, and on a laptop the cloud's own port. */
export function doorAttacks({ controlPlane, subjects }: World, { endpoint }: Deployment): AttackGroup {
  return {
    name: 'doors',
    claim: 'No page of another origin gets a credential along, and no AWS API answers without a signature.',
    *attacks() {
      const urls = [controlPlane.graphqlUrl, ...new Set(subjects.map(({ place }) => place.graphqlUrl))];
      for (const url of urls) for (const origin of origins) yield cors(url, origin);
      if (endpoint === undefined) return;
      for (const [name, headers, body] of apis) {
        yield closed(`${name} without a signature`, endpoint, headers, body);
        yield closed(`${name} with a made-up key`, endpoint, { ...headers, ...madeUp(name) }, body);
      }
      yield rebound(endpoint);
    },
  };
}

function cors(url: string, origin: string): Attack {
  let credentials: string | null = null;
  return {
    name: `${new URL(url).pathname}: a preflight from ${origin}`,
    run: async () => {
      const response = await fetch(url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
      });
      credentials = response.headers.get('access-control-allow-credentials');
      const answer = `${response.headers.get('access-control-allow-origin') ?? 'no origin'} ${await response.text()}`;
      return [{ as: origin, sent: 'OPTIONS', status: response.status, answer, milliseconds: 0 }];
    },
    judge: () => (credentials === null ? [] : [`access-control-allow-credentials is ${credentials}`]),
  };
}

const madeUp = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
    64,
  )}`,
  'x-amz-date': '20260101T000000Z',
});

const closed = (name: string, url: string, headers: Readonly<Record<string, string>>, body: string): Attack => ({
  name,
  run: async () => [await exchange({ url: `${url}/`, as: name, headers, body })],
  judge: ([said]) =>
    said && [400, 403].includes(said.status) ? [] : [`answered ${said?.status}: ${said?.answer.slice(0, 200)}`],
});

/** A page whose own name was made to point at this machine (DNS rebinding), which fetch would not let us play. */
function rebound(endpoint: string): Attack {
  return {
    name: 'the inbox under another Host header',
    run: async () => {
      const { status, text } = await getAs('evil.example', `${endpoint}/inbox`);
      return [{ as: 'evil.example', sent: 'GET /inbox', status, answer: text, milliseconds: 0 }];
    },
    judge: ([said]) => (said?.status === 403 ? [] : [`expected 403, got ${said?.status}`]),
  };
}

function getAs(host: string, url: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    }).on('error', reject);
  });
}
