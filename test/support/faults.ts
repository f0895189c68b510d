/** What the local cloud and the functions write of what they did not expect. */
const fault =
  /^local-cloud |^aws-appsync\S* \S+ faults |"level":"ERROR"|Task timed out|Runtime exited|ERROR RequestId|gives up|^aws-events-undelivered/;

/** A pre-token trigger can refuse by an error only, which Lambda then logs as one. */
const refusal = /^cotenant-pooled-PreToken.*NoMembershipError/;

/** The lines of logs that a system without faults does not write. */
export function faultsAmong(logs: readonly string[]): string[] {
  return logs.filter((line) => fault.test(line) && !refusal.test(line));
}
