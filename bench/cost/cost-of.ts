import { unitPrices } from '../../functions/layer/usage/prices.ts';
import { assumptions, authorizerShare } from './assumptions.ts';
import type { Units } from './capacity.ts';
import type { Meter, Meters } from './meters.ts';
import { restDesign } from './rest-design.ts';

/** Dollars a million requests. */
export interface Cost {
  readonly api: number;
  readonly functions: number;
  readonly database: number;
  readonly firewall: number;
  readonly total: number;
}

export interface OperationCost extends Cost {
  /** Of the total: that the change is published to subscribers, and reaches them. */
  readonly live: number;
}

const publisher = 'application-changes';

/** One operation of ours, its part of the authorizer included. */
export function costOfOperation({ authorizer, operations }: Meters, name: string): OperationCost {
  const meter = operations[name];
  if (!meter) throw new Error(`${name} was not metered; metered were ${Object.keys(operations).join(', ')}`);
  const share = authorizerShare(assumptions.authorizerSeconds);
  const startsSubscription = name.startsWith('on');
  const published =
    meter.published * (unitPrices.appsyncOperation + assumptions.subscribers * unitPrices.appsyncUpdate);
  const api = (startsSubscription ? unitPrices.appsyncUpdate : unitPrices.appsyncOperation) + published;
  const publishing = functionCost({ [publisher]: meter.functions[publisher]?.count ?? 0 });
  const functions = functionCost(countsOf(meter)) + share * functionCost(countsOf(authorizer));
  const database = unitCost(meter.gate) + unitCost(meter.data) + share * unitCost(authorizer.data);
  const firewall = unitPrices.wafRequest * (1 + meter.published);
  return {
    ...{ api, functions, database, firewall },
    total: api + functions + database + firewall,
    live: published + publishing + unitPrices.wafRequest * meter.published,
  };
}

/** The same work by REST calls, or what `units` say instead: no gate, since usage plans limit there; nothing live. */
export function costOfRest(meter: Meter, calls: number, units: Units = meter.data): Cost {
  const share = authorizerShare(restDesign.authorizerSeconds);
  const invocation = (seconds: number): number =>
    unitPrices.lambdaRequest + restDesign.gigabytes * seconds * unitPrices.lambdaGigabyteSecond;
  const api = calls * restDesign.apiGatewayRequest;
  const functions =
    calls * (invocation(restDesign.functionSeconds) + share * invocation(restDesign.authorizerFunctionSeconds));
  const database = unitCost(units) + calls * share * restDesign.authorizerReadUnits * unitPrices.dynamodbReadUnit;
  return { api, functions, database, firewall: 0, total: api + functions + database };
}

function unitCost({ reads, writes }: Units): number {
  return reads * unitPrices.dynamodbReadUnit + writes * unitPrices.dynamodbWriteUnit;
}

function functionCost(counts: Readonly<Record<string, number>>): number {
  const known: Readonly<Record<string, number>> = assumptions.functionSeconds;
  return Object.entries(counts).reduce((sum, [folder, count]) => {
    const seconds = known[folder];
    if (seconds === undefined)
      throw new Error(`How long ${folder} takes is not in assumptions.ts; it was metered ${count} times`);
    return sum + count * (unitPrices.lambdaRequest + assumptions.gigabytes * seconds * unitPrices.lambdaGigabyteSecond);
  }, 0);
}

function countsOf({ functions }: Meter): Record<string, number> {
  return Object.fromEntries(Object.entries(functions).map(([folder, { count }]) => [folder, count]));
}
