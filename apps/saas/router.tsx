import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { DashboardPage } from './features/dashboard/dashboard-page.tsx';
import { NewOrderPage } from './features/orders/new-order-page.tsx';
import { OrderPage } from './features/orders/order-page.tsx';
import { OrdersPage } from './features/orders/orders-page.tsx';
import { NewProductPage } from './features/products/new-product-page.tsx';
import { ProductPage } from './features/products/product-page.tsx';
import { ProductsPage } from './features/products/products-page.tsx';
import { SettingsPage } from './features/settings/settings-page.tsx';
import { UsersPage } from './features/users/users-page.tsx';
import { NotFound } from '../ui/components/not-found.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const page = <Path extends string>(path: Path, component: () => React.ReactNode) =>
  createRoute({ getParentRoute: () => root, path, component });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const routes = root.addChildren([
  page('/', DashboardPage),
  createRoute({
    getParentRoute: () => root,
    path: '/products',
    component: ProductsPage,
    validateSearch: (search: Record<string, unknown>): { readonly search?: string } => {
      const words = text(search['search']);
      return words === undefined ? {} : { search: words };
    },
  }),
  page('/products/new', NewProductPage),
  page('/products/$id', ProductPage),
  createRoute({
    getParentRoute: () => root,
    path: '/orders',
    component: OrdersPage,
    validateSearch: (search: Record<string, unknown>): { readonly status?: string } => {
      const status = text(search['status']);
      return status === undefined ? {} : { status };
    },
  }),
  page('/orders/new', NewOrderPage),
  page('/orders/$id', OrderPage),
  page('/users', UsersPage),
  page('/settings', SettingsPage),
]);

/** Every page has an address of its own, so that links, reloads and the back button work. */
export const createAppRouter = () => createRouter({ routeTree: routes, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
