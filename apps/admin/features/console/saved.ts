/** What an editor holds, as typed. */
export interface EditedOperation {
  readonly query: string;
  readonly variables: string;
}

export interface SavedOperation extends EditedOperation {
  readonly name: string;
}

const kept = 'cotenant.console.operations';

export function readSaved(): SavedOperation[] {
  const text = localStorage.getItem(kept);
  return text === null ? [] : (JSON.parse(text) as SavedOperation[]);
}

/** Keeps it in this browser; one of the same name is replaced. Answers all. */
export function keep(operation: SavedOperation): SavedOperation[] {
  return write([...readSaved().filter(({ name }) => name !== operation.name), operation]);
}

export function forget(forgotten: string): SavedOperation[] {
  return write(readSaved().filter(({ name }) => name !== forgotten));
}

function write(operations: SavedOperation[]): SavedOperation[] {
  localStorage.setItem(kept, JSON.stringify(operations));
  return operations;
}
