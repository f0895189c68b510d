import type { Goal } from '../part.ts';

export function goalsTable(goals: readonly Goal[]): string {
  const rows = goals.map(
    ({ name, wanted, reached, met }) => `| ${name} | ${wanted} | ${reached} | ${met ? 'met' : '**not met**'} |`,
  );
  return ['| goal | wanted | reached | |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
