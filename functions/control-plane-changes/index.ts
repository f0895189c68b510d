import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { signedGraphql } from '../layer/signed-graphql.ts';
import { handleChanges } from '../layer/stream.ts';
import { publishChange } from './publish-change.ts';

const { GRAPHQL_URL, AWS_REGION } = readEnvironment('GRAPHQL_URL', 'AWS_REGION');

/** Tells the control plane's subscribers of every change of a tenant, a registration or a provisioning run. */
export const handler = observe(
  handleChanges(publishChange({ callGraphql: signedGraphql({ url: GRAPHQL_URL, region: AWS_REGION }) }), 'stop'),
);
