import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { anOperator, type Person } from '../../support/given.ts';
import { mutate } from '../../support/mutate.ts';
import { type Cotenant, startCotenant } from '../../support/start-cotenant.ts';
import { launchChromium } from './chromium.ts';
import { signInWith } from './sign-in.ts';
import { aVisitor, type Visitor } from './visitor.ts';

export type AppName = 'landing' | 'saas' | 'admin';

/** What the browser tests of a file share: one running system, one browser, and a visitor anew for each test. */
export interface Scene {
  readonly outputs: Outputs;
  readonly browser: Browser;
  readonly operator: Person;
  readonly visitor: Visitor;
  readonly page: Page;
  /** The address of a page of an app. */
  at(app: AppName, path?: string): string;
  /** A mutation of the control plane, by the operator. */
  operate(field: string, input: object): Promise<void>;
  /** Opens the operators' console at a path, as the operator or as another. */
  enterConsole(path: string, who?: Pick<Person, 'email' | 'password'>): Promise<void>;
  /** Ends the system, which a `restartable` scene can start again at the same address. */
  leave(how: 'stop' | 'kill'): Promise<void>;
  comeBack(): Promise<void>;
}

export interface SceneOptions {
  /** The visitor's window; 1280 by 720 if nothing is said. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** The system's folder outlives it. It is deployed for this file alone. */
  readonly restartable?: boolean;
}

/** Operators have wide windows. */
export const wide = { width: 1360, height: 850 };

/** To be called within a `describe`, before hooks that use it. */
export function openScene({ viewport, restartable = false }: SceneOptions = {}): Scene {
  let folder: string | undefined;
  let cotenant: Cotenant | undefined;
  let browser: Browser | undefined;
  let operator: Person | undefined;
  let visitor: Visitor | undefined;

  beforeAll(async () => {
    if (restartable) folder = await mkdtemp(join(tmpdir(), 'cotenant-browser-'));
    [cotenant, browser] = await Promise.all([
      startCotenant({ apps: true, ...(folder !== undefined && { folder }) }),
      launchChromium(),
    ]);
    operator = await anOperator(cotenant.outputs);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await cotenant?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    visitor = await aVisitor(scene.browser, viewport && { viewport });
  });
  afterEach(() => visitor?.close());

  const scene: Scene = {
    get outputs() {
      return present(cotenant, 'system').outputs;
    },
    get browser() {
      return present(browser, 'browser');
    },
    get operator() {
      return present(operator, 'operator');
    },
    get visitor() {
      return present(visitor, 'visitor');
    },
    get page() {
      return scene.visitor.page;
    },
    at: (app, path = '/') => new URL(path, scene.outputs.apps[app]).href,
    async operate(field, input) {
      const { headers } = scene.operator;
      const target = { url: scene.outputs.controlPlane.graphqlUrl, headers };
      const { userErrors } = await mutate(target, field, input, '__typename');
      if (userErrors.length > 0) throw new Error(`${field} was refused: ${JSON.stringify(userErrors)}`);
    },
    async enterConsole(path, who = scene.operator) {
      await scene.page.goto(scene.at('admin', path));
      await signInWith(scene.page, who.email, who.password);
      await scene.page.locator('#top').waitFor();
    },
    async leave(how) {
      await present(cotenant, 'system')[how]();
    },
    async comeBack() {
      const port = Number(new URL(scene.outputs.endpoint).port);
      cotenant = await startCotenant({ apps: true, port, folder: present(folder, 'folder that outlives the system') });
    },
  };
  return scene;
}

function present<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`The scene has no ${name} here: it is made before the first test`);
  return thing;
}
