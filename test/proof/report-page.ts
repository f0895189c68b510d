import type { Exchange } from './attack.ts';
import { lineOfRemovals, type RemovalReport } from './guards/remove-guards.ts';
import { type CaseReport, findingsOf, type GroupReport, holds, type ProofReport, totalsOf } from './report.ts';

/** The report as a page of its own: no script, nothing loaded. */
export function reportPage(report: ProofReport): string {
  const totals = totalsOf(report.groups);
  const verdict = holds(report) ? 'No tenant reached another.' : 'The proof does not hold.';
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Isolation proof</title><meta name="viewport" content="width=device-width">
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 2rem auto; max-width: 70rem; padding: 0 1rem }
h1 { font-size: 1.6rem } .good { color: #15803d } .bad { color: #b91c1c }
@media (prefers-color-scheme: dark) { .good { color: #4ade80 } .bad { color: #f87171 } }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #8884; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
details { margin: .2rem 0 } pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #8881; padding: .5rem; margin: .2rem 0 }
</style></head><body>
<h1 class="${holds(report) ? 'good' : 'bad'}">${verdict}</h1>
<p>${totals.cases.toLocaleString('en')} attacks, ${totals.requests.toLocaleString('en')} requests, on ${escape(
    report.tiers.join(', '),
  )}; ${escape(report.startedAt)}, ${report.seconds.toFixed(0)} s. ${totals.leaks} leaks, ${totals.changes} changes, ${
    totals.unanswered
  } unanswered, ${totals.problems} other findings.</p>
${findingsList(report)}
<table><thead><tr><th>group</th><th>what is claimed</th><th class="n">cases</th><th class="n">findings</th></tr></thead><tbody>
${report.groups.map(groupRow).join('\n')}
</tbody></table>
<h2>What this does not judge</h2>
${listOf(report.unjudged)}
${report.guards ? guardsSection(report.guards) : ''}
${report.groups.map(groupSection).join('\n')}
</body></html>
`;
}

function findingsList({ groups }: ProofReport): string {
  const findings = findingsOf(groups);
  return findings.length === 0
    ? ''
    : `<ul class="bad">${findings.map((text) => `<li>${escape(text)}</li>`).join('')}</ul>`;
}

function guardsSection(guards: RemovalReport): string {
  const good = guards.unnoticed.length === 0;
  return `<h2 class="${good ? 'good' : 'bad'}">${escape(lineOfRemovals(guards))}</h2>\n${listOf(guards.unnoticed)}`;
}

function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `<ul>${texts.map((text) => `<li>${escape(text)}</li>`).join('')}</ul>`;
}

function groupRow(group: GroupReport): string {
  const found = findingsOf([group]).length;
  return `<tr><td>${escape(group.name)}</td><td>${escape(group.claim)}</td><td class="n">${
    group.cases.length
  }</td><td class="n ${found === 0 ? 'good' : 'bad'}">${found}</td></tr>`;
}

function groupSection({ name, cases }: GroupReport): string {
  return `<h2>${escape(name)}</h2>\n${cases.map(caseDetails).join('\n')}`;
}

function caseDetails({ name, exchanges, leaks, problems, unanswered }: CaseReport): string {
  const good = leaks.length + problems.length === 0 && unanswered === undefined;
  return `<details><summary class="${good ? 'good' : 'bad'}">${escape(name)}</summary>${exchanges
    .map(exchangeText)
    .join('')}</details>`;
}

function exchangeText({ as, sent, status, answer, milliseconds }: Exchange): string {
  return `<pre>as ${escape(as)}\n${escape(cut(sent))}\n→ ${status} in ${milliseconds.toFixed(0)} ms\n${escape(
    cut(answer),
  )}</pre>`;
}

const cut = (text: string): string => (text.length > 2000 ? `${text.slice(0, 2000)}…` : text);

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
