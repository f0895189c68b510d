import type { Pipelines, PipelineStep } from '../../resolvers/pipelines.ts';
import type { HandlerCall } from '../../resolvers/testing/application-plane.ts';
import { bundleStep } from '../../resolvers/testing/bundle-step.ts';

export interface Plane {
  /** The folder of its steps. */
  readonly folder: string;
  readonly gate: readonly PipelineStep[];
  readonly pipelines: Pipelines;
  readonly calls: readonly HandlerCall[];
}

export interface MeasuredStep {
  readonly name: string;
  /** Microseconds. */
  readonly request: number | undefined;
  readonly response: number | undefined;
  /** Kilobytes. */
  readonly size: number;
}

/** Every step that a plane's fields have, the gate's first, with its handlers' times as far as their calls are there. */
export function measureSteps({ folder, gate, pipelines, calls }: Plane, times: number): MeasuredStep[] {
  const steps = [...gate, ...Object.values(pipelines).flat()].map(({ step }) => step);
  return [...new Set(steps)].map((step) => {
    const of = (handler: HandlerCall['handler']): number | undefined => {
      const call = calls.find((each) => each.step === step && each.handler === handler);
      // A step that ended early has no answer to handle.
      return call && microseconds(call, times);
    };
    return {
      name: step.replace(/^.*lib\//, ''),
      request: of('request'),
      response: of('response'),
      size: bundleStep(`${folder}/${step}`).length / 1000,
    };
  });
}

function microseconds({ evaluate }: HandlerCall, times: number): number {
  for (let warmUp = 0; warmUp < times; warmUp += 1) evaluate();
  const before = process.cpuUsage();
  for (let each = 0; each < times; each += 1) evaluate();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
