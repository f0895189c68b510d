/** What is neither metered nor a price. */
export const assumptions = {
  /** Requests that one signed-in person makes a minute: they share an authorizer's answer for as long as it is kept. */
  requestsOfPersonAMinute: 10,
  /** Seconds for which AppSync keeps our authorizer's answer: its `ttlOverride`. */
  authorizerSeconds: 60,
  /** People of the tenant who have a list open when something changes. */
  subscribers: 1,
  /** Seconds that Lambda charges for one invocation, by the folder of the function; measured ones are in meters.json. */
  functionSeconds: {
    authorizer: 0.02,
    'application-changes': 0.05,
    /** It waits for Cognito. */
    users: 0.2,
    'control-plane-changes': 0.05,
    'tenant-events': 0.05,
  },
  /** `memorySize` of infra/constructs/plane-function.ts. */
  gigabytes: 0.25,
} as const;

/** The part of requests that ask the authorizer, if each answer is kept so long. */
export function authorizerShare(keptSeconds: number): number {
  return 1 / Math.max(1, (assumptions.requestsOfPersonAMinute * keptSeconds) / 60);
}
