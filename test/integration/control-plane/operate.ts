import type { TenantConnection } from '../../../generated/control-plane.ts';
import { anOperator, type Person } from '../../support/given.ts';
import { graphql, graphqlData } from '../../support/graphql.ts';
import { mutate, type Payload } from '../../support/mutate.ts';
import type { Scene } from '../scene.ts';

/** What operators do, each as a call. */
export interface Operations {
  readonly operator: Person;
  ask<Data = Record<string, unknown>>(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  mutate<Entity = unknown>(field: string, input: object, selection: string): Promise<Payload<Entity>>;
  /** The error of a field that is refused. */
  refusal(query: string): Promise<string | undefined>;
  tenants(filter: object, first?: number, after?: string | null): Promise<TenantConnection>;
}

export async function operationsOf({ outputs }: Scene, as?: Person): Promise<Operations> {
  const operator = as ?? (await anOperator(outputs));
  const url = outputs.controlPlane.graphqlUrl;
  const { headers } = operator;
  const ask = async <Data>(query: string, variables: Readonly<Record<string, unknown>> = {}) =>
    await graphqlData<Data>(url, headers, query, variables);
  return {
    operator,
    ask,
    mutate: async (field, input, selection) => await mutate({ url, headers }, field, input, selection),
    refusal: async (query) => (await graphql(url, headers, query)).errors[0]?.errorType,
    tenants: async (filter, first = 20, after = null) => {
      const query = `query T($filter: TenantFilter, $first: Int, $after: String) {
        tenants(filter: $filter, first: $first, after: $after) {
          edges { cursor node { id name slug tier status } }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }`;
      return (await ask<{ tenants: TenantConnection }>(query, { filter, first, after })).tenants;
    },
  };
}
