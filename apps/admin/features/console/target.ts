import type { AppConfig } from '../../../ui/config.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import type { Authorize } from '../../../ui/graphql/document.ts';
import type { Session } from '../../../ui/session/session.ts';
import type { Guest } from '../../shell/guest.ts';

/** An API, and as whom it is asked. */
export interface Target {
  readonly id: string;
  readonly api: 'controlPlane' | 'application';
  readonly label: string;
  readonly description: string;
  /** The tenant's, of its API. */
  readonly slug?: string;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly authorize: Authorize;
}

export function controlPlaneTargets({ controlPlane }: AppConfig, session: Session, email: string): [Target, Target] {
  const { graphqlUrl, realtimeUrl, apiKey } = controlPlane;
  const place = { api: 'controlPlane', graphqlUrl, realtimeUrl } as const;
  return [
    { ...place, id: 'operator', label: 'Control plane, as you', description: email, authorize: session.authorize },
    {
      ...place,
      id: 'public',
      label: 'Control plane, as anyone',
      description: 'With the public key',
      authorize: () => Promise.resolve({ 'x-api-key': apiKey }),
    },
  ];
}

export function guestTarget({ slug, email, role, token, routing: { graphqlUrl, realtimeUrl } }: Guest): Target {
  return {
    id: `guest ${slug} ${email}`,
    api: 'application',
    label: `API of ${slug}, as ${formatEnum(role).toLowerCase()}`,
    description: email,
    slug,
    ...{ graphqlUrl, realtimeUrl, authorize: () => Promise.resolve({ authorization: token }) },
  };
}
