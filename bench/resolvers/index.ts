import { pipelines as applicationPipelines } from '../../resolvers/application/pipelines.ts';
import { pipelines as controlPlanePipelines, publicGate } from '../../resolvers/control-plane/pipelines.ts';
import { tenantGate } from '../../resolvers/testing/application-plane.ts';
import { barChart } from '../charts/bar-chart.ts';
import type { Bench, Section } from '../part.ts';
import { type MeasuredStep, measureSteps } from './measure-steps.ts';
import { recordApplication } from './record-application.ts';
import { recordControlPlane } from './record-control-plane.ts';

/** What AppSync takes. Source: AWS AppSync endpoints and quotas, "Resolver code size". */
const largestBundle = 32_000;
const file = 'resolvers.svg';

/** What the host spends in resolver code, by step, beside what the step's bundle weighs. */
export async function resolvers({ quick, say }: Bench): Promise<Section> {
  const times = quick ? 20 : 5000;
  say('Resolvers …');
  const application = measureSteps(
    {
      folder: 'application',
      gate: tenantGate,
      pipelines: applicationPipelines,
      calls: await recordApplication(),
    },
    times,
  );
  const controlPlane = measureSteps(
    {
      folder: 'control-plane',
      gate: publicGate('Mutation.registerTenant'),
      pipelines: controlPlanePipelines,
      calls: await recordControlPlane(),
    },
    times,
  );
  return {
    title: 'Resolvers',
    text: [
      `![Processor time of the application plane's resolvers](${file})`,
      '',
      `Processor time of one evaluation in the host, its context written and its result read included (n ${times} each); the data source is not. A dash: not`,
      `run, as the gate's further steps where the first admits. AppSync takes bundles of up to ${
        largestBundle / 1000
      } kB. The application plane:`,
      '',
      ...tableOf(application),
      '',
      'The control plane, its public gate as a busy caller passes it:',
      '',
      ...tableOf(controlPlane),
    ].join('\n'),
    pictures: { [file]: pictureOf(application) },
    errors: [...errorsOf('application plane', application), ...errorsOf('control plane', controlPlane)],
  };
}

function tableOf(measured: readonly MeasuredStep[]): string[] {
  return [
    '| step | request, µs | response, µs | bundle, kB |',
    '| --- | --- | --- | --- |',
    ...measured.map(
      ({ name, request, response, size }) =>
        `| \`${name}\` | ${request?.toFixed(1) ?? '–'} | ${response?.toFixed(1) ?? '–'} | ${size.toFixed(1)} |`,
    ),
  ];
}

function errorsOf(plane: string, measured: readonly MeasuredStep[]): string[] {
  return measured.flatMap(({ name, request, response, size }) => [
    ...(size * 1000 > largestBundle ? [`The bundle of the ${plane}'s ${name} has ${size.toFixed(1)} kB`] : []),
    ...(request === undefined && response === undefined ? [`Nothing asked for the ${plane}'s step ${name}`] : []),
  ]);
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
  const title = "The application plane's twelve slowest steps, processor time of each handler";
  return barChart({ title, unit: 'µs', groups });
}
