import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generatedPart, tableCells } from '../generated-part.ts';
import { bindings, countTypes, quotaTables, sumOfCounts } from './bindings.ts';
import { readCounts } from './read-counts.ts';

/** A synth, where none of this code was made yet. */
const longestSynth = 180_000;

describe('where quotas bind', () => {
  it(
    'docs/scale.md says what the synthesized templates and the quotas make',
    async () => {
      const page = readFileSync('docs/scale.md', 'utf8');
      expect(tableCells(generatedPart(page, 'quotas')), 'run: node bin/run.mjs bench/quotas/write-quotas.ts').toEqual(
        tableCells(quotaTables(await readCounts())),
      );
    },
    longestSynth,
  );

  const one = {
    'AWS::AppSync::GraphQLApi': 1,
    'AWS::IAM::Role': 14,
    'AWS::Cognito::UserPool': 1,
    'AWS::DynamoDB::Table': 2,
    'AWS::CloudWatch::Alarm': 4,
    stack: 1,
  };

  it('is what is left after the planes and the pool, the first to bind first', () => {
    const found = bindings({ silo: one, planes: { 'AWS::IAM::Role': 40, 'AWS::AppSync::GraphQLApi': 1 } });
    expect(found.slice(0, 2).map(({ name, silos }) => [name, silos])).toEqual([
      // 25 − 1 of the planes − 1 of the pool; (1,000 − 40) ÷ 14 are 68, one of them the pool.
      ['AppSync APIs', 23],
      ['IAM roles', 67],
    ]);
  });

  it('fails for a resource that the tenant template does not have', () => {
    expect(() => bindings({ silo: { ...one, 'AWS::IAM::Role': 0 }, planes: {} })).toThrow('IAM roles');
  });

  it('counts resources by type', () => {
    const counts = countTypes({ a: { Type: 'X' }, b: { Type: 'X' }, c: { Type: 'Y' } });
    expect(counts).toEqual({ stack: 1, X: 2, Y: 1 });
    expect(sumOfCounts([counts, counts])).toEqual({ stack: 2, X: 4, Y: 2 });
  });
});
