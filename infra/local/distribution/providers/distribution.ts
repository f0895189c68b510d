import { AwsError } from '../../errors.ts';
import type { Collection, Environment, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { hostOf } from '../host.ts';
import type { Distribution, ErrorResponse } from '../model.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';

/** AWS::CloudFront::Distribution with one S3 origin and one behaviour. */
export function distributionProvider(
  distributions: Collection<Distribution>,
  environment: Environment,
): ResourceProvider {
  const answer = (id: string): ResourceResult => ({
    physicalId: id,
    attributes: { Id: id, DomainName: `${hostOf(id)}:${new URL(environment.endpoint).port}` },
  });
  const write = async (id: string, properties: JsonObject): Promise<ResourceResult> => {
    await distributions.put(id, readDistribution(id, properties));
    return answer(id);
  };
  return {
    type: 'AWS::CloudFront::Distribution',
    properties: ['DistributionConfig', 'Tags'],
    replacedBy: [],
    create: ({ token, properties }) => write(identifierOf(token), properties),
    update: ({ physicalId, properties }) => write(physicalId, properties),
    refresh: ({ physicalId }) => Promise.resolve(answer(physicalId)),
    delete: ({ physicalId }) => distributions.delete(physicalId),
  };
}

function readDistribution(id: string, properties: JsonObject): Distribution {
  const config = new PropertyReader(properties, 'Distribution').object('DistributionConfig');
  if (!config) throw new AwsError('InvalidRequest', 'DistributionConfig is missing');
  config.ignore('HttpVersion', 'IPV6Enabled', 'PriceClass', 'ViewerCertificate', 'Logging', 'WebACLId');
  const origins = new Map(config.objects('Origins').map((origin) => [origin.text('Id'), readOrigin(origin)]));
  const behaviour = config.object('DefaultCacheBehavior');
  if (!behaviour) throw new AwsError('InvalidRequest', 'DistributionConfig.DefaultCacheBehavior is missing');
  behaviour.ignore('CachePolicyId', 'ViewerProtocolPolicy', 'AllowedMethods', 'CachedMethods');
  const origin = origins.get(behaviour.text('TargetOriginId'));
  if (!origin) throw new AwsError('InvalidRequest', 'DefaultCacheBehavior.TargetOriginId names no origin');
  const policy = behaviour.text('ResponseHeadersPolicyId', '');
  const distribution: Distribution = {
    id,
    enabled: config.boolean('Enabled', true),
    comment: config.text('Comment', ''),
    defaultRootObject: config.text('DefaultRootObject', ''),
    origin,
    compress: behaviour.boolean('Compress', false),
    ...(policy !== '' && { responseHeadersPolicyId: policy }),
    errorResponses: config.objects('CustomErrorResponses').map(readErrorResponse),
  };
  behaviour.done();
  config.done();
  return distribution;
}

function readOrigin(origin: PropertyReader): Distribution['origin'] {
  const domain = origin.text('DomainName');
  const bucket = /^(.+)\.s3[.-].*amazonaws\.com(\.cn)?$/.exec(domain)?.[1];
  if (bucket === undefined)
    throw new AwsError('InvalidRequest', `Origin ${domain} is not supported here: expected an S3 bucket`);
  if (origin.text('OriginAccessControlId', '') === '')
    throw new AwsError('InvalidRequest', `Origin ${domain} has no OriginAccessControlId: buckets are private here`);
  origin.ignore('S3OriginConfig', 'ConnectionAttempts', 'ConnectionTimeout');
  const path = origin.text('OriginPath', '');
  origin.done();
  return { bucket, path };
}

function readErrorResponse(response: PropertyReader): ErrorResponse {
  response.ignore('ErrorCachingMinTTL');
  const errorCode = response.number('ErrorCode');
  const read = {
    errorCode,
    responseCode: response.number('ResponseCode', errorCode),
    pagePath: response.text('ResponsePagePath', ''),
  };
  response.done();
  return read;
}
