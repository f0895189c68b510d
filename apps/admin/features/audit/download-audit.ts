import { type AuditFieldsFragment, AuditLogDocument } from '../../../../generated/documents/admin/graphql.ts';
import type { GraphqlClient } from '../../../ui/graphql/client.ts';
import { toCsv } from './csv.ts';

const columns = ['at', 'actor', 'actorEmail', 'action', 'tenantId', 'detail', 'id'] as const;
/** More are for an export of the table, not for a browser. */
const mostPages = 100;

export interface Download {
  readonly rows: number;
  /** Whether these are all that match. */
  readonly complete: boolean;
}

/** Reads what matches, up to 10,000 entries, and has the browser keep it as a file. */
export async function downloadAudit(
  graphql: GraphqlClient,
  filter: { readonly tenantId?: string; readonly action?: string },
): Promise<Download> {
  const entries: AuditFieldsFragment[] = [];
  let after: string | null | undefined;
  let complete = false;
  for (let page = 0; page < mostPages && !complete; page += 1) {
    const { auditLog } = await graphql.request(AuditLogDocument, { filter, first: 100, ...(after && { after }) });
    entries.push(...auditLog.edges.map(({ node }) => node));
    after = auditLog.pageInfo.endCursor;
    complete = !auditLog.pageInfo.hasNextPage;
  }
  save('audit-log.csv', toCsv([columns, ...entries.map((entry) => columns.map((column) => entry[column] ?? ''))]));
  return { rows: entries.length, complete };
}

function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
