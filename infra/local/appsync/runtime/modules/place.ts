interface Frame {
  getFileName(): string | null;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** In place of a stack trace: where in the resolver's code an error came up, `line:column`; empty for nowhere there. */
export function placeOf(_error: unknown, frames: readonly Frame[]): string {
  const frame = frames.find((each) => each.getFileName() === 'code.js');
  return frame ? `${frame.getLineNumber()}:${frame.getColumnNumber()}` : '';
}
