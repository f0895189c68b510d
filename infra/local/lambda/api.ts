import { AwsError } from '../errors.ts';
import { restJsonProtocol } from '../front-door/protocols/rest-json.ts';
import type { ApiResponse, ApiService } from '../service.ts';
import { createFunction } from './operations/create-function.ts';
import { deleteFunction } from './operations/delete-function.ts';
import { getEventSourceMapping, listEventSourceMappings } from './operations/event-source-mappings.ts';
import { getFunction, getFunctionConfiguration } from './operations/get-function.ts';
import { invokeOperation } from './operations/invoke.ts';
import { listFunctions } from './operations/list-functions.ts';
import { addPermission, getPolicy, removePermission } from './operations/permissions.ts';
import { updateFunctionCode } from './operations/update-function-code.ts';
import { updateFunctionConfiguration } from './operations/update-function-configuration.ts';
import type { Parts } from './service-parts.ts';

const functions = '/2015-03-31/functions';
const mappings = '/2015-03-31/event-source-mappings';
const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations\/?$/;

/** The paths are those of the Lambda API reference. */
export function lambdaApi(parts: Parts): ApiService {
  const name = `${functions}/{FunctionName}`;
  const rest = restJsonProtocol({
    signingName: 'lambda',
    routes: [
      { method: 'GET', path: functions, operation: listFunctions(parts) },
      { method: 'POST', path: functions, operation: createFunction(parts), status: 201 },
      { method: 'GET', path: name, operation: getFunction(parts) },
      { method: 'DELETE', path: name, operation: deleteFunction(parts), status: 204 },
      { method: 'GET', path: `${name}/configuration`, operation: getFunctionConfiguration(parts) },
      { method: 'PUT', path: `${name}/configuration`, operation: updateFunctionConfiguration(parts) },
      { method: 'PUT', path: `${name}/code`, operation: updateFunctionCode(parts) },
      { method: 'GET', path: `${name}/policy`, operation: getPolicy(parts) },
      { method: 'POST', path: `${name}/policy`, operation: addPermission(parts), status: 201 },
      { method: 'DELETE', path: `${name}/policy/{StatementId}`, operation: removePermission(parts), status: 204 },
      { method: 'GET', path: mappings, operation: listEventSourceMappings(parts) },
      { method: 'GET', path: `${mappings}/{UUID}`, operation: getEventSourceMapping(parts) },
    ],
  });

  return {
    signingName: 'lambda',
    async handle(request) {
      const functionName = request.method === 'POST' ? invocations.exec(request.path)?.[1] : undefined;
      if (functionName === undefined) return await rest.handle(request);
      try {
        return await invokeOperation(parts, decodeURIComponent(functionName), request);
      } catch (error) {
        if (error instanceof AwsError) return refusal(error);
        if (error instanceof URIError) return refusal(new AwsError('ValidationException', 'The path is malformed'));
        throw error;
      }
    },
  };
}

function refusal({ code, message, status, fields }: AwsError): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ ...fields, message, __type: code }),
  };
}
