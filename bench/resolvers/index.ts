import { bundleStep } from '../../resolvers/testing/bundle-step.ts';
import type { HandlerCall } from '../../resolvers/testing/application-plane.ts';
import type { Bench, Section } from '../part.ts';
import { recordHandlers } from './record-handlers.ts';

/** What AppSync takes. Source: AWS AppSync endpoints and quotas, "Resolver code size". */
const largestBundle = 32_000;

/** What the host spends in resolver code, by step, beside what the step's bundle weighs. */
export async function resolvers({ quick, say }: Bench): Promise<Section> {
  const times = quick ? 20 : 5000;
  say('Resolvers …');
  const calls = await recordHandlers();
  const steps = [...new Set(calls.map(({ step }) => step))].sort();
  const lines = steps.map((step) => {
    const of = (handler: HandlerCall['handler']): string => {
      const call = calls.find((each) => each.step === step && each.handler === handler);
      // A step that ended early has no answer to handle.
      return call ? microseconds(call, times).toFixed(1) : '–';
    };
    const size = bundleStep(`application/${step}`).length / 1000;
    return `| \`${step.replace(/^.*lib\//, '')}\` | ${of('request')} | ${of('response')} | ${size.toFixed(1)} |`;
  });
  return {
    title: 'Resolvers',
    text: [
      `Processor time of one evaluation in the host, its context written and its result read included (n ${times} each); the data source is not.`,
      `AppSync takes bundles of up to ${largestBundle / 1000} kB.`,
      '',
      '| step | request, µs | response, µs | bundle, kB |',
      '| --- | --- | --- | --- |',
      ...lines,
      '',
    ].join('\n'),
    errors: [],
  };
}

function microseconds({ evaluate }: HandlerCall, times: number): number {
  for (let warmUp = 0; warmUp < times; warmUp += 1) evaluate();
  const before = process.cpuUsage();
  for (let each = 0; each < times; each += 1) evaluate();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
