import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { signedGraphql } from '../layer/signed-graphql.ts';
import { handleChanges } from '../layer/stream.ts';
import { endSubscriptions } from './end-subscriptions.ts';
import { publishChange } from './publish-change.ts';

const { GRAPHQL_URL, AWS_REGION, TENANTS_TABLE, TENANT_STACK_MAPPING_TABLE } = readEnvironment(
  'GRAPHQL_URL',
  'AWS_REGION',
  'TENANTS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
);

const publish = publishChange({ callGraphql: signedGraphql({ url: GRAPHQL_URL, region: AWS_REGION }) });
const end = endSubscriptions({
  documents: createDocuments(),
  tenantsTable: TENANTS_TABLE,
  mappingTable: TENANT_STACK_MAPPING_TABLE,
  callGraphqlAt: (url) => signedGraphql({ url, region: AWS_REGION }),
});

/**
 * Tells the control plane's subscribers of every change of a tenant, a registration or a provisioning run, and ends those of the
 * application plane whom a change of their tenant or their membership shuts out.
 */
export const handler = observe(
  handleChanges(async (change) => {
    await end(change);
    await publish(change);
  }, 'stop'),
);
