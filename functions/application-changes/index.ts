import { systemClock } from '../layer/clock.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { signedGraphql } from '../layer/signed-graphql.ts';
import { handleChanges } from '../layer/stream.ts';
import { createPublisher } from './publish-change.ts';

const { GRAPHQL_URL, AWS_REGION } = readEnvironment('GRAPHQL_URL', 'AWS_REGION');

/** The streams of Products and Orders, to the subscribers of their tenant. */
export const handler = observe(
  handleChanges(
    createPublisher({ callGraphql: signedGraphql({ url: GRAPHQL_URL, region: AWS_REGION }), clock: systemClock }),
  ),
);
