/** Source: SaaS Builder Toolkit for AWS (October 2025), `EventManager` and its `DetailType`. */
const planes = { control: 'sbt.control.plane', application: 'sbt.application.plane' } as const;

const planeOf = {
  onboardingRequest: 'control',
  offboardingRequest: 'control',
  activateRequest: 'control',
  deactivateRequest: 'control',
  tenantUserCreated: 'control',
  tenantUserDeleted: 'control',
  onboardingSuccess: 'application',
  onboardingFailure: 'application',
  provisionSuccess: 'application',
  provisionFailure: 'application',
  deprovisionSuccess: 'application',
  deprovisionFailure: 'application',
  offboardingSuccess: 'application',
  offboardingFailure: 'application',
  activateSuccess: 'application',
  deactivateSuccess: 'application',
} as const;

export type SbtEventName = keyof typeof planeOf;

/** One event as EventBridge takes it, before its bus is known. */
export interface SbtEvent {
  readonly source: (typeof planes)[keyof typeof planes];
  /** `sbt_aws_onboardingRequest` */
  readonly detailType: `sbt_aws_${SbtEventName}`;
  readonly detail: Readonly<Record<string, unknown>> & {
    /** The same however often the event is sent. */
    readonly eventId: string;
  };
}

/**
 * @param changeId - of the change that it tells of, made of what the item itself says: a stream's own ids are unique in that stream only.
 *   One change has at most one event of a name.
 */
export function sbtEvent(name: SbtEventName, changeId: string, detail: Readonly<Record<string, unknown>>): SbtEvent {
  return {
    source: planes[planeOf[name]],
    detailType: `sbt_aws_${name}`,
    detail: { ...detail, eventId: `${changeId}-${name}` },
  };
}
