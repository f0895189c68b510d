import type { TenantRoutingQuery } from '../../../generated/documents/ui/graphql.ts';
import type { GuestTokens } from '../../ui/session/pool.ts';
import { routingOf } from '../../ui/session/workspace.ts';
import type { Operator } from './operator.tsx';

/** A person of a tenant, signed in here beside the operator: what the tenant's own API takes. */
export interface Guest extends GuestTokens {
  readonly slug: string;
  readonly email: string;
  readonly routing: TenantRoutingQuery['tenantRouting'];
}

export interface GuestLogin {
  readonly slug: string;
  readonly email: string;
  readonly password: string;
}

export async function receiveGuest({ config, session }: Operator, login: GuestLogin): Promise<Guest> {
  const slug = login.slug.trim().toLowerCase();
  const email = login.email.trim();
  const routing = await routingOf(config, slug);
  return { slug, email, routing, ...(await session.guest(routing, email, login.password)) };
}
