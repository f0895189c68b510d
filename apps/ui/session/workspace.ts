import { TenantRoutingDocument, type TenantRoutingQuery } from '../../../generated/documents/ui/graphql.ts';
import type { AppConfig } from '../config.ts';
import { createGraphqlClient } from '../graphql/client.ts';
import { openSession, type Session } from './session.ts';

/** A tenant's workspace: where its API is, and the session of its pool. */
export interface Workspace {
  readonly slug: string;
  readonly routing: TenantRoutingQuery['tenantRouting'];
  readonly session: Session;
}

const remembered = 'cotenant.workspace';

/** The workspace that was opened last in this browser. */
export function lastWorkspace(): string | undefined {
  return localStorage.getItem(remembered) ?? undefined;
}

/** `acme` of `acme.app.example.com`, where the app is served below a name of its own and tenants below that; else undefined. */
export function workspaceOfHost(hostname: string, app: string): string | undefined {
  const own = new URL(app, 'https://app.invalid').hostname;
  return hostname.endsWith(`.${own}`) ? hostname.slice(0, -own.length - 1) : undefined;
}

/**
 * Finds out where a workspace is and opens its session. Whoever is signed in to another workspace is signed out first: also where both
 * share a pool, since the tokens are the other tenant's. An unknown slug answers like a pooled one.
 */
export async function openWorkspace(config: AppConfig, slug: string): Promise<Workspace> {
  const previous = lastWorkspace();
  if (previous !== undefined && previous !== slug) {
    await openSession(await routingOf(config, previous)).signOut();
    localStorage.removeItem(remembered);
  }
  const routing = await routingOf(config, slug);
  localStorage.setItem(remembered, slug);
  return { slug, routing, session: openSession(routing) };
}

/** Where a tenant's API and pool are; an unknown slug answers like a pooled one. */
export async function routingOf({ controlPlane }: AppConfig, slug: string): Promise<Workspace['routing']> {
  const authorize = () => Promise.resolve({ 'x-api-key': controlPlane.apiKey });
  const client = createGraphqlClient({ url: controlPlane.graphqlUrl, authorize });
  return (await client.request(TenantRoutingDocument, { slug })).tenantRouting;
}
