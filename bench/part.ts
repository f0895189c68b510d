import type { Cotenant } from '../test/support/start-cotenant.ts';
import type { Job, LoadResult } from './load/job.ts';

/** What a run was asked for, and what its parts share. */
export interface Bench {
  /** Few samples, to see that all works: its times say nothing. */
  readonly quick: boolean;
  /** Also what people would use instead, beside ours. */
  readonly peers: boolean;
  /** The system as `npm start` runs it, started when a part first asks for it. */
  system(): Promise<Cotenant>;
  /** Sends requests from a process of its own. */
  load(job: Job): Promise<LoadResult>;
  /** Says what is being done, for those who wait. */
  say(line: string): void;
}

export interface Goal {
  readonly name: string;
  readonly wanted: string;
  readonly reached: string;
  readonly met: boolean;
}

/** What a part has to show. */
export interface Section {
  readonly title: string;
  /** Markdown below the title; its pictures are named by file. */
  readonly text: string;
  /** SVG by file name. */
  readonly pictures?: Readonly<Record<string, string>>;
  readonly goals?: readonly Goal[];
  /** What went wrong: any of these fails the run. */
  readonly errors: readonly string[];
}

export type Part = (bench: Bench) => Promise<Section>;
