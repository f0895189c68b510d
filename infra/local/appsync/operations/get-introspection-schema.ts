import { introspectionFromSchema, printSchema } from 'graphql';
import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { buildSchema } from '../definition/build-schema.ts';
import type { OperationDependencies } from './index.ts';

interface Input {
  readonly apiId: string;
  readonly format?: string;
  readonly includeDirectives?: string;
}

/** The body is the schema itself: SDL as it was given (with directives) or printed without, or introspection JSON. */
export function getIntrospectionSchema({ store }: OperationDependencies): Operation {
  return (call: Call, { apiId, format, includeDirectives }: Input) => {
    call.authorize('appsync:GetIntrospectionSchema', store.arn(apiId));
    const definition = store.schemas.get(store.api(apiId).apiId)?.definition;
    if (definition === undefined) throw new AwsError('NotFoundException', 'No schema found for this API', 404);
    if (format === 'JSON') return { data: introspectionFromSchema(buildSchema(definition)) };
    if (format !== 'SDL') throw new AwsError('BadRequestException', `format is ${format}, expected SDL or JSON`);
    return includeDirectives === 'false' ? printSchema(buildSchema(definition)) : definition;
  };
}
