import { AnswerError } from '../../errors.ts';
import type { Json } from '../../service.ts';

/** Ends a field with an error of AppSync's form. `data` and `errorInfo` reach the client. */
export class FieldFailure extends AnswerError {
  override readonly name = 'FieldFailure';

  constructor(
    readonly errorType: string | null,
    message: string,
    readonly data: Json = null,
    readonly errorInfo: Json = null,
  ) {
    super(message);
  }
}

/** The caller may not have a field. Its wording is AppSync's own. */
export function unauthorizedField(typeName: string, fieldName: string): FieldFailure {
  return new FieldFailure('Unauthorized', `Not Authorized to access ${fieldName} on type ${typeName}`);
}

/** A request object that a data source cannot take. */
export function badRequestObject(message: string): FieldFailure {
  return new FieldFailure('MappingTemplate', message);
}
