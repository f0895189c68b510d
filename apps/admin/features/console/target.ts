import type { AppConfig } from '../../../ui/config.ts';
import type { Authorize } from '../../../ui/graphql/document.ts';
import type { Session } from '../../../ui/session/session.ts';
import type { Guest } from '../../shell/guest.ts';

/** An API, and as whom it is asked. */
export interface Target {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly authorize: Authorize;
}

export function controlPlaneTargets({ controlPlane }: AppConfig, session: Session, email: string): Target[] {
  const { graphqlUrl, realtimeUrl, apiKey } = controlPlane;
  return [
    {
      ...{ id: 'operator', label: 'Control plane, as you', description: email },
      ...{ graphqlUrl, realtimeUrl, authorize: session.authorize },
    },
    {
      ...{ id: 'public', label: 'Control plane, as anyone', description: 'With the public key' },
      ...{ graphqlUrl, realtimeUrl, authorize: () => Promise.resolve({ 'x-api-key': apiKey }) },
    },
  ];
}

export function guestTarget({ slug, email, token, routing: { graphqlUrl, realtimeUrl } }: Guest): Target {
  return {
    ...{ id: `guest ${slug} ${email}`, label: `API of ${slug}`, description: email },
    ...{ graphqlUrl, realtimeUrl, authorize: () => Promise.resolve({ authorization: token }) },
  };
}
