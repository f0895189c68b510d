import { AwsError } from '../../errors.ts';
import { EngineStopped } from './run-in-order.ts';

/** A step on one resource that failed: ends the stack's operation and begins its rollback. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
  /** Set where the failed creation left something behind that must be deleted. */
  readonly physicalId: string | undefined;

  constructor(readonly logicalId: string, cause: unknown) {
    super(reasonOf(cause), { cause });
    this.physicalId = cause instanceof PartialCreation ? cause.physicalId : undefined;
  }

  /** A stop of the host is no failure: it passes. */
  static from(logicalId: string, cause: unknown): ResourceFailure {
    if (cause instanceof EngineStopped) throw cause;
    return new ResourceFailure(logicalId, cause);
  }
}

/** A creation that failed after something was made under this id. */
export class PartialCreation extends Error {
  override readonly name = 'PartialCreation';

  constructor(message: string, readonly physicalId: string) {
    super(message);
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof AwsError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}
