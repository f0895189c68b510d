import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { SetupError } from '../../errors.ts';

const require = createRequire(import.meta.url);

/**
 * The dynoxide program: the given path, or the one in the optional dependency `@dynoxide/<platform>-<arch>`.
 *
 * @throws SetupError that says what can be done where there is none
 */
export function findBinary(given: string | undefined): string {
  if (given) {
    if (isExecutable(given)) return given;
    throw new SetupError(`DYNOXIDE_BINARY is ${given}: there is no such executable file`);
  }
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  const packaged = resolvePackaged(name);
  if (packaged !== undefined && isExecutable(packaged)) return packaged;
  throw new SetupError(
    `There is no DynamoDB engine for this platform: the package ${name} is not installed. ` +
      'Put the path of a dynoxide program into DYNOXIDE_BINARY, or the URL of a running engine ' +
      '(dynoxide, DynamoDB Local) into DYNAMODB_ENDPOINT.',
  );
}

function resolvePackaged(name: string): string | undefined {
  try {
    return require.resolve(`${name}/dynoxide`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
