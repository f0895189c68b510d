import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { cpuBetween, cpuOfTree, findInTree, parseStat, roleOf, treeOf } from './cpu.ts';

describe('the CPU of processes', () => {
  it('is read from a line of /proc, whatever the command’s name holds', () => {
    const line = '4242 (a) b (c) S 17 4242 4242 0 -1 4194560 900 0 0 0 150 50 7 8 20 0 11 0 99 1000 200';
    expect(parseStat(line)).toEqual({ pid: 4242, parent: 17, seconds: 2 });
    expect(() => parseStat('no such line')).toThrow('expected numbers');
  });

  it('is told apart by what the command lines say', () => {
    const role = (...words: string[]) => roleOf([...words, ''].join('\0'));
    expect(role('/x/dynoxide', 'serve', '--host', '127.0.0.1', '--port', '1')).toBe('engine');
    expect(role('/usr/bin/node', '/x/lambda/runtime/process.cjs')).toBe('functions');
    expect(role('/bin/sh', '-c', 'read')).toBe('other');
  });

  it('is of all that descend from a process and of nothing else', () => {
    const known = [
      { pid: 4, parent: 3 },
      { pid: 3, parent: 2 },
      { pid: 2, parent: 1 },
      { pid: 9, parent: 1 },
    ];
    expect(treeOf(2, known).map(({ pid }) => pid)).toEqual([4, 3, 2]);
  });

  it('grows with what a process does', async () => {
    const work = 'const end = Date.now() + 10000; process.stdout.write("."); while (Date.now() < end);';
    const child = spawn(process.execPath, ['-e', work, '/lambda/runtime/process.cjs']);
    try {
      await once(child.stdout, 'data');
      expect(await findInTree(process.pid, 'functions')).toContain('/lambda/runtime/process.cjs');
      const before = await cpuOfTree(process.pid);
      const grown = async (): Promise<number> => cpuBetween(before, await cpuOfTree(process.pid)).functions;
      await expect.poll(grown, { timeout: 8000 }).toBeGreaterThan(0.05);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
