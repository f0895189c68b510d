import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';

/** As the engine makes one, and with the indexes of stream-indexes.sql: README.md says how it was made. */
const empty = join(import.meta.dirname, 'empty.sqlite');

/** Gives the engine a database to begin with; one that is there stays as it is. */
export async function prepareDatabase(file: string): Promise<void> {
  try {
    await copyFile(empty, file, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
