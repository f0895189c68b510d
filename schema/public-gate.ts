/**
 * Limits of who has not signed in: of the control plane's public fields. They are the default of the control plane stack's
 * parameter `PublicLimits`, as JSON; its resolvers read them at each request, so a deployment changes them at once.
 */
export interface PublicLimit {
  /** Requests a second in the long run; may be a fraction. */
  readonly perSecond: number;
  /** Requests at one moment, after a while without any. */
  readonly burst: number;
  /** Requests in one day of UTC. */
  readonly perDay: number;
}

export interface PublicLimits {
  /** All public fields but registerTenant, by network address. */
  readonly reads: PublicLimit;
  /** registerTenant, by network address. */
  readonly registrations: PublicLimit;
  /** registerTenant, by the administrator's e-mail address. */
  readonly emails: PublicLimit;
}

/**
 * Chosen so that people are never met by them: a whole office, a class or a test suite may sit behind one address. An onboarding page
 * asks some ten times a second for a second or two; five hundred companies may sign up from one address at once, and then two a
 * second; nobody needs fifty attempts at one address's registration.
 */
export const publicLimits: PublicLimits = {
  reads: { perSecond: 500, burst: 5000, perDay: 1_000_000 },
  registrations: { perSecond: 2, burst: 500, perDay: 5000 },
  emails: { perSecond: 0.1, burst: 50, perDay: 500 },
};
