import { expect, test } from 'vitest';
import { workspaceOfHost } from './workspace.ts';

test.each([
  ['acme.app.example.com', 'https://app.example.com/', 'acme'],
  ['app.example.com', 'https://app.example.com/', undefined],
  ['acme.example.com', 'https://app.example.com/', undefined],
  ['evilapp.example.com', 'https://app.example.com/', undefined],
  ['acme.localhost', '/', undefined],
])('%s, of the app at %s, is the workspace %s', (hostname, app, workspace) => {
  expect(workspaceOfHost(hostname, app)).toBe(workspace);
});
