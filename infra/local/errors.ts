/**
 * An error as AWS reports it to a client: a code, a message and an HTTP status. Services throw it; the front door
 * writes it in the protocol of the service that was called.
 */
export class AwsError extends Error {
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
