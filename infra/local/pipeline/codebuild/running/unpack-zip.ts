import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync, type Unzipped } from 'fflate';
import { AwsError } from '../../../errors.ts';

const unpackedLimit = 1024 * 1024 * 1024;

/** Unpacks a zip below a folder. Throws AwsError CLIENT_ERROR if the bytes are no zip or it names a file outside. */
export async function unpackZip(zip: Uint8Array, folder: string): Promise<void> {
  const files = Object.entries(readEntries(zip));
  const folders = new Set(files.map(([name]) => join(folder, name.endsWith('/') ? name : dirname(name))));
  for (const path of folders) await mkdir(path, { recursive: true });
  const executable = executableEntries(zip);
  await Promise.all(
    files
      .filter(([name]) => !name.endsWith('/'))
      .map(([name, bytes]) => writeFile(join(folder, name), bytes, { mode: executable.has(name) ? 0o755 : 0o644 })),
  );
}

function readEntries(zip: Uint8Array): Unzipped {
  let size = 0;
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        if (size > unpackedLimit)
          throw new AwsError('CLIENT_ERROR', `The source is over ${unpackedLimit} bytes unpacked`);
        if (!isInside(name))
          throw new AwsError('CLIENT_ERROR', `The source names ${JSON.stringify(name)}, which is outside of it`);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw new AwsError('CLIENT_ERROR', `The source is no zip: ${(error as Error).message}`);
  }
}

function isInside(name: string): boolean {
  if (name === '' || name.includes('\0') || name.includes('\\') || /^([A-Za-z]:|\/)/.test(name)) return false;
  return !name.split('/').includes('..');
}

const centralEntry = 0x02014b50;
const centralEnd = 0x06054b50;

/** Names of files that their Unix mode lets run. Source: PKWARE, APPNOTE.TXT, "Central directory structure". */
function executableEntries(zip: Uint8Array): ReadonlySet<string> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const names = new Set<string>();
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== centralEnd) return names;
  let at = bytes.readUInt32LE(end + 16);
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === centralEntry) {
    const mode = bytes.readUInt32LE(at + 38) >>> 16;
    const nameLength = bytes.readUInt16LE(at + 28);
    if ((mode & 0o100) !== 0) names.add(bytes.toString('utf8', at + 46, at + 46 + nameLength));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return names;
}
