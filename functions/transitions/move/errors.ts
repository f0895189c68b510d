/** The move cannot succeed as things are: it is undone, and operators read why. */
export class MoveFailedError extends Error {
  override readonly name: string = 'MoveFailedError';
}

/** In the stack to which the tenant is to move, somebody else has a user's address. */
export class AddressTakenError extends MoveFailedError {
  override readonly name = 'AddressTakenError';
  constructor(readonly tenantStack: string) {
    super(`An address of the tenant's users is another tenant's in ${tenantStack}; change or remove that user first`);
  }
}

/** The copies differ though nothing was written meanwhile. */
export class CopiesDifferError extends MoveFailedError {
  override readonly name = 'CopiesDifferError';
  constructor(readonly part: string, readonly source: string, readonly target: string) {
    super(`The copies of ${part} differ: the source has ${source}, the target ${target}`);
  }
}

/** The source is not what was verified: it is not removed before somebody has looked at it, and then summed up anew. */
export class SourceChangedError extends Error {
  override readonly name = 'SourceChangedError';
  constructor(readonly part: string, readonly verified: string, readonly found: string) {
    super(
      `The source's ${part} changed after the cut-over: ${verified} were verified, ${found} found; nothing is removed`,
    );
  }
}

export function describeSum({ items, sha256 }: { readonly items: number; readonly sha256: string }): string {
  return `${items} rows (SHA-256 ${sha256.slice(0, 12)}…)`;
}
