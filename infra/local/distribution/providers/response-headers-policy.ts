import { AwsError } from '../../errors.ts';
import type { Collection, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { ResponseHeadersPolicy } from '../model.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';

type Header = ResponseHeadersPolicy['headers'][number];

/** AWS::CloudFront::ResponseHeadersPolicy: security headers and custom ones. */
export function responseHeadersPolicyProvider(policies: Collection<ResponseHeadersPolicy>): ResourceProvider {
  const write = async (id: string, properties: JsonObject): Promise<ResourceResult> => {
    const policy = readPolicy(id, properties);
    if ([...policies.values()].some((other) => other.name === policy.name && other.id !== id))
      throw new AwsError('ResponseHeadersPolicyAlreadyExists', `There is a policy ${policy.name} already`, 409);
    await policies.put(id, policy);
    return { physicalId: id, attributes: { Id: id } };
  };
  return {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: ['ResponseHeadersPolicyConfig'],
    replacedBy: [],
    create: ({ token, properties }) => write(identifierOf(token), properties),
    update: ({ physicalId, properties }) => write(physicalId, properties),
    delete: ({ physicalId }) => policies.delete(physicalId),
  };
}

function readPolicy(id: string, properties: JsonObject): ResponseHeadersPolicy {
  const config = new PropertyReader(properties, 'ResponseHeadersPolicy').object('ResponseHeadersPolicyConfig');
  if (!config) throw new AwsError('InvalidRequest', 'ResponseHeadersPolicyConfig is missing');
  const name = config.text('Name');
  config.ignore('Comment');
  const custom = config.object('CustomHeadersConfig');
  const headers = [
    ...securityHeaders(config.object('SecurityHeadersConfig')),
    ...(custom?.objects('Items') ?? []).map((item) => {
      const header = {
        name: item.text('Header'),
        value: item.text('Value'),
        override: item.boolean('Override', false),
      };
      item.done();
      return header;
    }),
  ];
  custom?.done();
  config.done();
  return { id, name, headers };
}

/** Source: CloudFront developer guide, "Understand response headers policies". */
function securityHeaders(security: PropertyReader | undefined): Header[] {
  if (!security) return [];
  const readers: readonly [string, string, (part: PropertyReader) => string][] = [
    ['ContentSecurityPolicy', 'content-security-policy', (part) => part.text('ContentSecurityPolicy')],
    ['ContentTypeOptions', 'x-content-type-options', () => 'nosniff'],
    ['FrameOptions', 'x-frame-options', (part) => part.oneOf('FrameOption', ['DENY', 'SAMEORIGIN'])],
    ['ReferrerPolicy', 'referrer-policy', (part) => part.text('ReferrerPolicy')],
    ['StrictTransportSecurity', 'strict-transport-security', transportSecurity],
  ];
  const headers = readers.flatMap(([property, name, read]) => {
    const part = security.object(property);
    if (!part) return [];
    const header = { name, value: read(part), override: part.boolean('Override', false) };
    part.done();
    return [header];
  });
  security.done();
  return headers;
}

function transportSecurity(part: PropertyReader): string {
  const subdomains = part.boolean('IncludeSubdomains', false) ? '; includeSubDomains' : '';
  const preload = part.boolean('Preload', false) ? '; preload' : '';
  return `max-age=${part.number('AccessControlMaxAgeSec')}${subdomains}${preload}`;
}
