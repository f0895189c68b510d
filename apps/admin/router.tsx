import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
} from '@tanstack/react-router';
import { NotFound } from '../ui/components/not-found.tsx';
import { AuditPage } from './features/audit/audit-page.tsx';
import { readConsoleSearch } from './features/console/search.ts';
import { DashboardPage } from './features/dashboard/dashboard-page.tsx';
import { IsolationPage } from './features/isolation/isolation-page.tsx';
import { OperatorsPage } from './features/operators/operators-page.tsx';
import { RolloutPage } from './features/rollouts/rollout-page.tsx';
import { RolloutsPage } from './features/rollouts/rollouts-page.tsx';
import { StackPage } from './features/stacks/stack-page.tsx';
import { StacksPage } from './features/stacks/stacks-page.tsx';
import { TenantPage } from './features/tenant/tenant-page.tsx';
import { TenantsPage } from './features/tenants/tenants-page.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const page = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component });

/** A page whose address has texts behind its path. */
const searchable = <Path extends string, Search extends object>(
  path: Path,
  component: RouteComponent,
  validateSearch: (search: Record<string, unknown>) => Search,
) => createRoute({ getParentRoute: () => root, path, component, validateSearch });

/** The texts of these names in an address; others, and empty ones, are left out. */
const texts =
  <Name extends string>(...names: readonly Name[]) =>
  (search: Record<string, unknown>): { readonly [name in Name]?: string } =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = search[name];
        return typeof value === 'string' && value !== '' ? [[name, value]] : [];
      }),
    ) as { readonly [name in Name]?: string };

/** The editor is larger than everything else together: it is loaded where it is used. */
const ConsolePage = lazyRouteComponent(() => import('./features/console/console-page.tsx'), 'ConsolePage');

const routes = root.addChildren([
  page('/', DashboardPage),
  searchable('/tenants', TenantsPage, texts('status', 'tier', 'slug', 'create')),
  searchable('/tenants/$id', TenantPage, texts('tab')),
  page('/stacks', StacksPage),
  page('/stacks/$id', StackPage),
  page('/rollouts', RolloutsPage),
  page('/rollouts/$id', RolloutPage),
  page('/operators', OperatorsPage),
  searchable('/audit', AuditPage, texts('tenant', 'action')),
  searchable('/console', ConsolePage, readConsoleSearch),
  page('/isolation', IsolationPage),
]);

/** Every page has an address of its own, so that links, reloads and the back button work. */
export const createAppRouter = () => createRouter({ routeTree: routes, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
