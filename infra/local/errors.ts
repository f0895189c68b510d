/**
 * An error that is an answer to whoever asked, and nobody's fault here. It has no stack trace: taking one and mapping it to the sources
 * costs more than the rest of such an answer, and a flood is answered by nothing else.
 */
export class AnswerError extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    // Else it is put together, and mapped, for whoever reads it.
    this.stack = message;
  }
}

/**
 * An error as AWS reports it to a client: a code, a message and an HTTP status. Services throw it; the front door
 * writes it in the protocol of the service that was called.
 */
export class AwsError extends AnswerError {
  override readonly name = 'AwsError';

  /**
   * @param code - AWS's own name of the error, `ResourceNotFoundException` for one
   * @param message - what was got, what was expected
   * @param status - HTTP status; AWS answers most client errors with 400
   * @param fields - further members of the error's body, by their wire names
   */
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What keeps the cloud from starting and is for whoever starts it to mend: the message says how, and no trace is needed. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}
