import { createHash, randomUUID } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type {
  Environment,
  Functions,
  Json,
  JsonObject,
  Principal,
  ResourceProvider,
  ResourceResult,
  ResourceScope,
} from '../../service.ts';
import { PartialCreation } from '../engine/failure.ts';
import { isList, isObject } from '../template/model.ts';
import type { Responses } from './responses.ts';

export interface CustomResourceDependencies {
  readonly environment: Environment;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly responses: Responses;
  /** What stands before the path of a ResponseURL. */
  readonly responseOrigin: string;
}

interface CustomRequest extends ResourceScope {
  readonly type: string;
  readonly kind: 'Create' | 'Update' | 'Delete';
  readonly requestId: string;
  readonly properties: JsonObject;
  readonly physicalId?: string;
  readonly previous?: JsonObject;
}

const hour = 3600;

/**
 * Custom::… and AWS::CloudFormation::CustomResource with a Lambda function behind.
 * Source: CloudFormation Template Reference, "Custom resource reference".
 */
export function customResourceProvider(type: string, dependencies: CustomResourceDependencies): ResourceProvider {
  const send = (request: Omit<CustomRequest, 'type'>): Promise<ResourceResult> =>
    callFunction(dependencies, { ...request, type });
  return {
    type,
    properties: ['*'],
    replacedBy: ['ServiceToken'],
    create: ({ token, ...request }) => send({ ...request, kind: 'Create', requestId: uuidOf(token) }),
    update: (request) => send({ ...request, kind: 'Update', requestId: randomUUID() }),
    delete: async (request) => void (await send({ ...request, kind: 'Delete', requestId: randomUUID() })),
  };
}

async function callFunction(
  { environment, functions, responses, responseOrigin }: CustomResourceDependencies,
  request: CustomRequest,
): Promise<ResourceResult> {
  const { type, kind, requestId, stackId, stackName, logicalId, properties, physicalId, previous } = request;
  const { ServiceToken: serviceToken, ServiceTimeout: serviceTimeout = hour } = properties;
  if (typeof serviceToken !== 'string' || !/^arn:[^:]+:lambda:/.test(serviceToken)) {
    throw new AwsError(
      'ValidationError',
      `ServiceToken is ${JSON.stringify(serviceToken)}, expected the ARN of a Lambda function`,
    );
  }
  const box = responses.open();
  const event = {
    RequestType: kind,
    ServiceToken: serviceToken,
    ResponseURL: `${responseOrigin}${box.path}`,
    StackId: stackId,
    RequestId: requestId,
    LogicalResourceId: logicalId,
    ResourceType: type,
    ResourceProperties: asTexts(properties),
    ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
    ...(previous === undefined ? {} : { OldResourceProperties: asTexts(previous) }),
  };
  // The caller is the account itself, as CloudFormation's own authority is.
  const { accountId, partition } = environment;
  const caller: Principal = { accountId, arn: `arn:${partition}:iam::${accountId}:root`, userId: accountId };

  const answered = box.wait(Number(serviceTimeout) * 1000);
  const failed = functions.invoke(caller, serviceToken, event).then(({ payload, failed: hasFailed }) => {
    if (!hasFailed) return answered;
    const message = isObject(payload) ? payload['errorMessage'] : undefined;
    throw new Error(`The function failed: ${typeof message === 'string' ? message : JSON.stringify(payload)}`);
  });
  let answer: JsonObject;
  try {
    answer = await Promise.race([answered, failed]);
  } finally {
    box.close();
    // Whichever of the two came second has no reader.
    answered.catch(() => undefined);
    failed.catch(() => undefined);
  }

  const { Status: status, Reason: reason, PhysicalResourceId: given, Data: data } = answer;
  const id =
    typeof given === 'string' && given !== ''
      ? given
      : physicalId ?? `${stackName}-${logicalId}-${requestId.slice(0, 8)}`;
  if (status === 'SUCCESS') return { physicalId: id, attributes: isObject(data) ? data : {} };
  const message = `Received response status [${String(status)}] from custom resource. Message returned: ${String(
    reason,
  )} (RequestId: ${requestId})`;
  throw kind === 'Create' ? new PartialCreation(message, id) : new Error(message);
}

/** Functions get every number and boolean as text, as on AWS. */
function asTexts(value: Json): Json {
  if (isList(value)) return value.map(asTexts);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asTexts(item)]));
  return value === null ? null : String(value);
}

function uuidOf(token: string): string {
  const hex = createHash('sha256').update(token).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
