import { AwsError } from '../../../errors.ts';
import { operationOf } from '../../read-input.ts';

export const codebuildOperation = operationOf('InvalidInputException');

export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInputException', message);
}
