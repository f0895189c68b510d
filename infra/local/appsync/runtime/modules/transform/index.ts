import { codeError } from '../signals.ts';
import { renderExpression } from './expression.ts';
import { toSubscriptionFilter } from './subscription-filter.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/transformation-helpers-in-utils-transform-js.html */
export const transform = {
  toDynamoDBFilterExpression: renderToJson,
  toDynamoDBConditionExpression: renderToJson,
  toSubscriptionFilter,
  toElasticsearchQueryDSL(): never {
    throw codeError(
      'util.transform.toElasticsearchQueryDSL is not available here: no OpenSearch data source is supported',
    );
  },
};

function renderToJson(filter: unknown): string | null {
  const expression = renderExpression(filter);
  return expression === null ? null : JSON.stringify(expression);
}
