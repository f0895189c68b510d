import { unitPrices } from '../../functions/layer/usage/prices.ts';
import { costOfOperation, costOfRest } from './cost-of.ts';
import type { Meters } from './meters.ts';
import { operations } from './operations.ts';
import { restOwnUnits } from './rest-design.ts';

const dollars = (amount: number): string => amount.toFixed(2);

/** The Markdown table of docs/scale.md: dollars a million requests. */
export function costTable(meters: Meters): string {
  const lines = operations.map(({ name, calls }) => {
    const meter = meters.operations[name];
    const cost = costOfOperation(meters, name);
    const { api, functions, database, firewall, total, live } = cost;
    const ours = [api, functions, database, firewall, total, live].map((part) => dollars(part));
    if (!meter || calls === 0) return [`\`${name}\``, ...ours, '', '', ''];
    const rest = costOfRest(meter, calls).total;
    const own = restOwnUnits[name];
    const without = total - live;
    return [
      `\`${name}\``,
      ...ours,
      `${dollars(rest)}${calls > 1 ? ` (${calls} calls)` : ''}`,
      `${(without / rest).toFixed(2)}`,
      own ? dollars(costOfRest(meter, calls, own).total) : '',
    ];
  });
  const heads = [
    'operation',
    'AppSync',
    'Lambda',
    'DynamoDB',
    'WAF',
    'all',
    'of it live',
    'REST',
    'ratio',
    'REST, own work',
  ];
  const rows = [heads, heads.map(() => '---'), ...lines];
  return [
    `Metered on ${meters.day}; prices of ${unitPrices.asOf}, ${unitPrices.region}.`,
    '',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
