import type { AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import { TenantsDocument, TenantUsersDocument } from '../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../ui/formats/number.ts';
import { useApiQuery } from '../../ui/react/queries.ts';
import { useAllPages } from './all-pages.ts';

/** As many of a tenant's people as one page holds; others can be typed. */
const mostPeople = 100;

/** The workspaces there are, and the people of one of them with their roles. */
export function useGuestChoices(slug: string): Record<'workspaces' | 'people', AutosuggestProps.Options> {
  const tenants = useAllPages(TenantsDocument, (page) => page.tenants).data?.items ?? [];
  const tenantId = tenants.find((tenant) => tenant.slug === slug)?.id;
  const users = useApiQuery(
    TenantUsersDocument,
    { tenantId: tenantId ?? '', first: mostPeople },
    { enabled: tenantId !== undefined },
  );
  return {
    workspaces: tenants
      .filter(({ status }) => status === 'ACTIVE')
      .map((tenant) => ({ value: tenant.slug, description: `${tenant.name} · ${formatEnum(tenant.tier)}` })),
    people: (users.data?.tenantUsers?.edges ?? []).map(({ node: { email, name, role, status } }) => ({
      value: email,
      description: `${name} · ${formatEnum(role)}${status === 'ACTIVE' ? '' : ` · ${formatEnum(status)}`}`,
    })),
  };
}
