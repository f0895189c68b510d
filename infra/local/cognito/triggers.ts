import { AwsError } from '../errors.ts';
import type { Environment, Functions, InvocationResult, Json, JsonObject, Logs } from '../service.ts';
import type { Pool, User } from './model.ts';
import { triggerAttributes } from './users/trigger-attributes.ts';

export type TriggerName =
  | 'PreSignUp'
  | 'PostConfirmation'
  | 'PreAuthentication'
  | 'PostAuthentication'
  | 'CustomMessage'
  | 'PreTokenGeneration';

export interface TriggerCall {
  readonly name: TriggerName;
  readonly functionArn: string;
  /** Of the event: `'1'`, or `'2'` for PreTokenGeneration V2_0. */
  readonly version: '1' | '2';
  /** `TokenGeneration_Authentication` */
  readonly source: string;
  readonly pool: Pool;
  readonly user: User;
  readonly clientId?: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  /** Members of `request` besides the user's attributes. */
  readonly request?: JsonObject;
  readonly response: JsonObject;
}

export interface Triggers {
  /**
   * The `response` that the function answered with. Throws UserLambdaValidationException if it failed,
   * UnexpectedLambdaException if it could not be run, InvalidLambdaResponseException if its answer is not an event.
   */
  run(call: TriggerCall): Promise<JsonObject>;
}

/** AWS waits five seconds for an answer, and asks three times. */
const answerWithin = 5000;
const attempts = 3;

/** Source: Amazon Cognito developer guide, "Customizing user pool workflows with Lambda triggers". */
export function createTriggers(environment: Environment, functions: Functions, logs: Logs): Triggers {
  const invoke = async (call: TriggerCall, event: Json): Promise<InvocationResult> => {
    const caller = { service: 'cognito-idp.amazonaws.com', sourceArn: call.pool.arn };
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const result = await inTime(functions.invoke(caller, call.functionArn, event));
      if (result) return result;
    }
    throw new AwsError(
      'UnexpectedLambdaException',
      `${call.name} invocation failed due to error Socket timeout while invoking Lambda function.`,
    );
  };

  return {
    async run(call) {
      const event = {
        version: call.version,
        triggerSource: call.source,
        region: environment.region,
        userPoolId: call.pool.id,
        userName: call.user.username,
        callerContext: {
          awsSdkVersion: 'aws-sdk-unknown-unknown',
          clientId: call.clientId ?? 'CLIENT_ID_NOT_APPLICABLE',
        },
        request: {
          userAttributes: triggerAttributes(call.user),
          ...call.request,
          ...(call.clientMetadata && { clientMetadata: call.clientMetadata }),
        },
        response: call.response,
      };
      try {
        return responseOf(call.name, await invoke(call, event).catch(asUnexpected(call.name)));
      } catch (error) {
        const reason = error instanceof AwsError ? `${error.code}: ${error.message}` : 'fault';
        logs.write(`/aws/cognito/userpools/${call.pool.id}`, 'triggers', [
          `${call.source} ${call.functionArn} ${reason}`,
        ]);
        throw error;
      }
    },
  };
}

function responseOf(name: TriggerName, { payload, failed }: InvocationResult): JsonObject {
  const event = isObject(payload) ? payload : undefined;
  if (failed) {
    const message = typeof event?.['errorMessage'] === 'string' ? event['errorMessage'] : 'Unhandled';
    throw new AwsError('UserLambdaValidationException', `${name} failed with error ${message.replace(/\.$/, '')}.`);
  }
  const response = event?.['response'];
  if (isObject(response)) return response;
  throw new AwsError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

/** What the function service refuses (no such function, no permission) is no fault of the app's. */
function asUnexpected(name: TriggerName): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AwsError) || error.code === 'UnexpectedLambdaException') throw error;
    throw new AwsError('UnexpectedLambdaException', `${name} invocation failed due to error ${error.code}.`);
  };
}

/** Undefined if the answer takes too long. */
async function inTime(result: Promise<InvocationResult>): Promise<InvocationResult | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), answerWithin);
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
