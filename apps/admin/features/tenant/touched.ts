import { AuditLogDocument, TenantDocument, TenantsDocument } from '../../../../generated/documents/admin/graphql.ts';

/** What shows a tenant, and so is read anew when one was changed. */
export const touchedByTenant = [TenantDocument, TenantsDocument, AuditLogDocument] as const;
