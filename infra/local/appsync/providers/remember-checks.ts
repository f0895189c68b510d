import { createHash } from 'node:crypto';
import type { CodeCheck, CodeFinding } from './read-code.ts';

/** A finding depends on the code alone; instances of one template bring the same codes again and again. */
export function rememberChecks(check: CodeCheck, most = 2000): CodeCheck {
  const known = new Map<string, readonly CodeFinding[]>();
  return (code) => {
    const digest = createHash('sha256').update(code).digest('base64');
    const findings = known.get(digest) ?? check(code);
    // The one that was needed last is the last to be forgotten.
    known.delete(digest);
    known.set(digest, findings);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return findings;
  };
}
