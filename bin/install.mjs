// Installs the npm packages where they are missing or not those of package-lock.json. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const oldest = [20, 19];
const stamp = 'node_modules/.installed';

/** Ends the process with a clear message if it cannot. */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    console.error(`This is Node.js ${process.versions.node}; Cotenant needs ${oldest.join('.')} or newer.`);
    process.exit(1);
  }
  if (!existsSync('package-lock.json')) {
    console.error('package-lock.json is not here: run this in the folder of the project.');
    process.exit(1);
  }
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (existsSync('node_modules/.package-lock.json') && sameAsLock()) {
    writeFileSync(stamp, wanted);
    return;
  }
  console.log('Installing packages (once) …');
  // Whatever NODE_ENV says: the start builds the apps with packages that are for development.
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('npm ci failed; the reason is above. Mend it and run the same command again.');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

/** Whether node_modules was installed from the present lock file, by npm's own record of it. */
function sameAsLock() {
  const versions = (file) => {
    const { packages } = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(packages).filter(([path]) => path !== '');
  };
  const wanted = new Map(versions('package-lock.json').map(([path, { version }]) => [path, version]));
  const installed = versions('node_modules/.package-lock.json');
  const required = versions('package-lock.json').filter(([, entry]) => !entry.optional);
  const present = new Set(installed.map(([path]) => path));
  return (
    installed.every(([path, { version }]) => wanted.get(path) === version) &&
    required.every(([path]) => present.has(path))
  );
}
