import { pipelines as applicationPipelines } from '../../resolvers/application/pipelines.ts';
import { pipelines as controlPlanePipelines, publicGate } from '../../resolvers/control-plane/pipelines.ts';
import type { Pipelines, PipelineStep } from '../../resolvers/pipelines.ts';
import { type HandlerCall, tenantGate } from '../../resolvers/testing/application-plane.ts';
import { bundleStep } from '../../resolvers/testing/bundle-step.ts';
import { barChart } from '../charts/bar-chart.ts';
import type { Bench, Section } from '../part.ts';
import { median } from '../report/figures.ts';
import { recordHandlers } from './record-handlers.ts';

/** What AppSync takes. Source: AWS AppSync endpoints and quotas, "Resolver code size". */
const largestBundle = 32_000;

interface Steps {
  readonly gate: readonly PipelineStep[];
  readonly pipelines: Pipelines;
}
const application: Steps = { gate: tenantGate, pipelines: applicationPipelines };
const controlPlane: Steps = { gate: publicGate('Mutation.registerTenant'), pipelines: controlPlanePipelines };

/** What the host spends in resolver code, by step, beside what the step's bundle weighs. */
export async function resolvers({ quick, say }: Bench): Promise<Section> {
  const times = quick ? 20 : 5000;
  say('Resolvers …');
  const calls = await recordHandlers();
  const measured = stepsOf(application).map((step): MeasuredStep => {
    const of = (handler: HandlerCall['handler']): number | undefined => {
      const call = calls.find((each) => each.step === step && each.handler === handler);
      // A step that ended early has no answer to handle, and one that was not needed was not run.
      return call && microseconds(call, times);
    };
    return {
      name: shortened(step),
      request: of('request'),
      response: of('response'),
      size: sizeOf('application', step),
    };
  });
  const others = stepsOf(controlPlane).map((step) => ({ name: shortened(step), size: sizeOf('control-plane', step) }));
  return {
    title: 'Resolvers',
    text: [
      `![Processor time of the resolvers](${file})`,
      '',
      `Processor time of one evaluation in the host, its context written and its result read included (n ${times} each); the data source is not. A dash: not`,
      `run, as the gate's further steps where the first admits. AppSync takes bundles of up to ${
        largestBundle / 1000
      } kB.`,
      '',
      '| step | request, µs | response, µs | bundle, kB |',
      '| --- | --- | --- | --- |',
      ...measured.map(
        ({ name, request, response, size }) =>
          `| \`${name}\` | ${request?.toFixed(1) ?? '–'} | ${response?.toFixed(1) ?? '–'} | ${size.toFixed(1)} |`,
      ),
      '',
      `The control plane's steps have bundles of ${sizesOf(others)}.`,
    ].join('\n'),
    pictures: { [file]: pictureOf(measured) },
    errors: [...measured, ...others].flatMap(({ name, size }) =>
      size * 1000 > largestBundle ? [`The bundle of ${name} has ${size.toFixed(1)} kB`] : [],
    ),
  };
}

interface MeasuredStep {
  readonly name: string;
  /** Microseconds. */
  readonly request: number | undefined;
  readonly response: number | undefined;
  /** Kilobytes. */
  readonly size: number;
}

const file = 'resolvers.svg';
const shortened = (step: string): string => step.replace(/^.*lib\//, '');
const sizeOf = (plane: string, step: string): number => bundleStep(`${plane}/${step}`).length / 1000;

/** Every step that a plane's fields have, the gate's first. */
function stepsOf({ gate, pipelines }: Steps): string[] {
  const all = [...gate, ...Object.values(pipelines).flat()].map(({ step }) => step);
  return [...new Set(all)];
}

function sizesOf(steps: readonly { readonly name: string; readonly size: number }[]): string {
  const [largest] = [...steps].sort((left, right) => right.size - left.size);
  const middle = median(steps.map(({ size }) => size));
  return `${middle.toFixed(1)} kB in the middle, ${largest?.size.toFixed(1) ?? '–'} kB at most (\`${
    largest?.name ?? ''
  }\`; ${steps.length} steps)`;
}

/** Only those that take time: what both handlers do in a few microseconds would be a hundred thin lines. */
function pictureOf(measured: readonly MeasuredStep[]): string {
  const sum = ({ request = 0, response = 0 }: MeasuredStep): number => request + response;
  const groups = [...measured]
    .sort((left, right) => sum(right) - sum(left))
    .slice(0, 12)
    .map(({ name, request, response }) => ({
      label: name,
      bars: Object.entries({ request, response }).flatMap(([label, value]) =>
        value === undefined ? [] : [{ label, value }],
      ),
    }));
  return barChart({ title: 'The twelve slowest steps, processor time of each handler', unit: 'µs', groups });
}

function microseconds({ evaluate }: HandlerCall, times: number): number {
  for (let warmUp = 0; warmUp < times; warmUp += 1) evaluate();
  const before = process.cpuUsage();
  for (let each = 0; each < times; each += 1) evaluate();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
