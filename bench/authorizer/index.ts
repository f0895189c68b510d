import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';
import { aCompany } from '../../test/support/given.ts';
import { barChart } from '../charts/bar-chart.ts';
import type { Bench, Section } from '../part.ts';
import { atMost, quantile, type Row } from '../report/figures.ts';
import { sectionOfRows } from '../report/section-of-rows.ts';
import { authorizerOf } from './authorizer-of.ts';
import { type AuthorizerRun, runAuthorizer } from './run-authorizer.ts';

const goals = { cold: 120, cpu: 0.3, size: 200 };

/** The Lambda authorizer by itself: in a process of its own, with the token of a tenant's user, against the system's registry and keys. */
export async function authorizer({ quick, system, say }: Bench): Promise<Section> {
  const { outputs } = await system();
  const { starts, calls } = quick ? { starts: 2, calls: 20 } : { starts: 30, calls: 2000 };
  say('The authorizer …');
  const { admin } = await aCompany(outputs);
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-bench-'));
  try {
    const program = join(folder, 'call-authorizer.cjs');
    await build({
      entryPoints: ['bench/authorizer/call-authorizer.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    const bundle = join(await bundleFunctions(['authorizer']), 'authorizer', 'index.cjs');
    const { port } = new URL(outputs.endpoint);
    const run: Omit<AuthorizerRun, 'calls'> = {
      bundle,
      port: Number(port),
      certificateAuthority: outputs.certificateAuthority,
      token: admin.headers.authorization,
      apiId: outputs.pooled.apiId,
    };
    const environment = await authorizerOf(outputs);
    const cold: number[] = [];
    for (let start = 0; start < starts; start += 1) {
      cold.push((await runAuthorizer(program, { ...run, calls: 0 }, environment)).cold);
    }
    const { warm } = await runAuthorizer(program, { ...run, calls }, environment);
    if (!warm) throw new Error('The authorizer was called, and its calls were not measured');
    const code = await readFile(bundle);
    return sectionOf({ cold: quantile(cold, 0.5), slowest: quantile(cold, 0.95), warm, code, starts, calls });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Findings {
  readonly cold: number;
  readonly slowest: number;
  readonly warm: { readonly cpu: number; readonly wall: number };
  readonly code: Buffer;
  readonly starts: number;
  readonly calls: number;
}

function sectionOf({ cold, slowest, warm, code, starts, calls }: Findings): Section {
  const kilobytes = code.length / 1000;
  const rows: Row[] = [
    {
      name: 'A call to a warm one: processor time, signature and registry included',
      figure: `${warm.cpu.toFixed(2)} ms, of ${warm.wall.toFixed(2)} ms (n ${calls})`,
      goal: atMost(goals.cpu, warm.cpu, ' ms'),
    },
    {
      name: 'From the start of its process to the first answer',
      figure: `p50 ${cold.toFixed(0)} ms, p95 ${slowest.toFixed(0)} ms (n ${starts})`,
      goal: atMost(goals.cold, cold, ' ms', 0),
    },
    {
      name: 'Its bundle',
      figure: `${kilobytes.toFixed(0)} kB, ${(gzipSync(code).length / 1000).toFixed(0)} kB compressed`,
      goal: atMost(goals.size, kilobytes, ' kB', 0),
    },
  ];
  const groups = [
    {
      label: 'warm',
      bars: [
        { label: 'processor time', value: warm.cpu },
        { label: 'until the answer', value: warm.wall },
      ],
    },
    {
      label: 'from the start of its process',
      bars: [
        { label: 'p50', value: cold },
        { label: 'p95', value: slowest },
      ],
    },
  ];
  const picture = barChart({ title: 'The authorizer', unit: 'ms', groups });
  return sectionOfRows('The authorizer', rows, { pictures: { 'authorizer.svg': picture } });
}
