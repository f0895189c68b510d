// Chromium for the browser tests, from Debian's packages where this may install them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * What becomes of the browser tests: `run`, or `skip`, be it that BROWSER_TESTS says so or that there is no Chromium, which is a failure.
 * `why` is for the person who reads.
 */
export function chromiumForTests() {
  const asked = process.env.BROWSER_TESTS ?? 'run';
  if (asked !== 'run' && asked !== 'skip')
    return { browserTests: 'skip', isMissing: true, why: `✗ BROWSER_TESTS is ${asked}, expected run or skip` };
  if (asked === 'skip')
    return { browserTests: 'skip', isMissing: false, why: 'No browser tests: BROWSER_TESTS is skip' };
  const problem = ensureChromium();
  return problem === undefined
    ? { browserTests: 'run', isMissing: false, why: undefined }
    : {
        browserTests: 'skip',
        isMissing: true,
        why: `✗ Chromium: ${problem}. BROWSER_TESTS=skip leaves the browser tests out`,
      };
}

/** Answers why there is no Chromium, or undefined where there is one. `CHROMIUM` names one that is elsewhere. */
function ensureChromium() {
  const given = process.env.CHROMIUM;
  if (given) return existsSync(given) ? undefined : `CHROMIUM is ${given}, where nothing is`;
  if (places.some((place) => existsSync(place))) return undefined;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return `no Chromium at ${places.join(
      ', ',
    )}, and only root on Debian or Ubuntu can install it here; set CHROMIUM to one`;
  console.log('Installing Chromium (once) …');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const rest of [['update'], ['install', '--yes', '--no-install-recommends', 'chromium', 'fonts-dejavu-core']]) {
    spawnSync('apt-get', ['-qq', ...rest], { stdio: 'inherit', env: environment });
  }
  return places.some((place) => existsSync(place)) ? undefined : 'apt-get could not install Chromium';
}
