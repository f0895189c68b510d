import { get } from 'node:http';
import type { Attack, AttackGroup } from '../attack.ts';
import type { Deployment } from '../clients.ts';
import { exchange } from '../exchange.ts';
import type { World } from '../subjects.ts';

interface Api {
  /** Its name in a signature. */
  readonly service: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const json = (service: string, target: string, version: '1.0' | '1.1', body = '{}'): Api => ({
  service,
  headers: { 'x-amz-target': target, 'content-type': `application/x-amz-json-${version}` },
  body,
});
const form = (service: string, action: string, version: string): Api => ({
  service,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: `Action=${action}&Version=${version}`,
});
const read = (service: string, path: string): Api => ({ service, method: 'GET', path });

/** The AWS APIs that the local cloud offers on its port, asked without credentials and with made-up ones. */
const apis: readonly Api[] = [
  json('dynamodb', 'DynamoDB_20120810.ListTables', '1.0'),
  json('cognito-idp', 'AWSCognitoIdentityProviderService.ListUserPools', '1.1', '{"MaxResults":10}'),
  json('events', 'AWSEvents.ListEventBuses', '1.1'),
  json('ssm', 'AmazonSSM.DescribeParameters', '1.1'),
  json('codepipeline', 'CodePipeline_20150709.ListPipelines', '1.1'),
  json('codebuild', 'CodeBuild_20161006.ListProjects', '1.1'),
  json('logs', 'Logs_20140328.DescribeLogGroups', '1.1'),
  json('monitoring', 'GraniteServiceVersion20100801.DescribeAlarms', '1.0'),
  { service: 'ses', path: '/v2/email/outbound-emails', body: '{}' },
  form('cloudformation', 'ListStacks', '2010-05-15'),
  form('sts', 'GetCallerIdentity', '2011-06-15'),
  form('iam', 'ListRoles', '2010-05-08'),
  read('lambda', '/2015-03-31/functions/'),
  read('appsync', '/v1/apis'),
  read('s3', '/?x-id=ListBuckets'),
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
      for (const api of apis) {
        yield closed(`${api.service} without a signature`, endpoint, api);
        yield closed(`${api.service} with a made-up key`, endpoint, {
          ...api,
          headers: { ...api.headers, ...madeUp(api.service) },
        });
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

const closed = (
  name: string,
  endpoint: string,
  { method = 'POST', path = '/', headers = {}, body = '' }: Api,
): Attack => ({
  name,
  run: async () => [await exchange({ url: `${endpoint}${path}`, as: name, method, headers, body })],
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
