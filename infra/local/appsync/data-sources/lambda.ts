import { AwsError } from '../../errors.ts';
import type { Functions, InvocationResult, Json, JsonObject, Principal } from '../../service.ts';
import { badRequestObject } from '../execution/field-failure.ts';
import type { DataSource, DataSourceAnswer } from './data-source.ts';
import { requireObject } from './request-object.ts';

/** What AppSync gathers at most where neither resolver nor function has a MaxBatchSize. */
const defaultBatchSize = 5;

/**
 * AWS_LAMBDA: `Invoke` and `BatchInvoke`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-lambda-js.html
 */
export function lambdaDataSource(functions: Functions, assume: () => Principal, functionArn: string): DataSource {
  const invoke = async (payload: Json): Promise<InvocationResult | DataSourceAnswer> => {
    try {
      return await functions.invoke(assume(), functionArn, payload);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { result: null, error: { type: `Lambda:${error.code}`, message: error.message } };
    }
  };

  const invokeBatch = async (payloads: readonly Json[]): Promise<readonly DataSourceAnswer[]> => {
    const invoked = await invoke(payloads);
    if (!('payload' in invoked)) return payloads.map(() => invoked);
    if (invoked.failed) return payloads.map(() => failure(invoked.payload));
    const { payload: answers } = invoked;
    if (Array.isArray(answers) && answers.length === payloads.length) return (answers as Json[]).map(itemAnswer);
    const error = {
      type: 'Lambda:IllegalArgument',
      message: `The function answered no list of ${payloads.length} results for its batch.`,
    };
    return payloads.map(() => ({ result: null, error }));
  };

  return {
    async invoke(request, { caller, maxBatchSize, batches }) {
      const {
        operation,
        payload = null,
        invocationType = 'RequestResponse',
      } = requireObject(request, '', ['version', 'operation', 'payload', 'invocationType']);
      if (operation === 'BatchInvoke') {
        return await batches.add(`${caller} ${functionArn}`, maxBatchSize || defaultBatchSize, payload, invokeBatch);
      }
      if (operation !== 'Invoke') throw badRequestObject(`Unsupported operation '${String(operation)}'.`);
      if (invocationType === 'Event') return await invokeLater(functions, assume, functionArn, payload);
      if (invocationType !== 'RequestResponse') {
        throw badRequestObject(`Unsupported invocationType '${String(invocationType)}'.`);
      }
      const invoked = await invoke(payload);
      if (!('payload' in invoked)) return invoked;
      return invoked.failed ? failure(invoked.payload) : { result: invoked.payload };
    },
  };
}

async function invokeLater(
  functions: Functions,
  assume: () => Principal,
  functionArn: string,
  payload: Json,
): Promise<DataSourceAnswer> {
  try {
    await functions.invokeLater(assume(), functionArn, payload);
    return { result: null };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { result: null, error: { type: `Lambda:${error.code}`, message: error.message } };
  }
}

function failure(payload: Json): DataSourceAnswer {
  const { errorMessage = null } = isObject(payload) ? payload : {};
  const message = typeof errorMessage === 'string' ? errorMessage : 'Unhandled error in the function.';
  return { result: null, error: { type: 'Lambda:Unhandled', message } };
}

/** One result of a batch: the data itself, or `{data, errorMessage, errorType}`. */
function itemAnswer(answer: Json): DataSourceAnswer {
  if (!isObject(answer) || typeof answer['errorMessage'] !== 'string') {
    const isWrapped =
      isObject(answer) && 'data' in answer && ['errorMessage', 'errorType'].some((name) => name in answer);
    return { result: isWrapped ? answer['data'] ?? null : answer };
  }
  const { data = null, errorMessage, errorType = null } = answer;
  const type = typeof errorType === 'string' ? errorType : 'Lambda:Unhandled';
  return { result: data, error: { type, message: String(errorMessage) } };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
