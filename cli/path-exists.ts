import { lstat } from 'node:fs/promises';
import { systemCode } from './errors.ts';

/** Whether anything is at a path, a broken link too. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}
