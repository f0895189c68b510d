/** The pages that the navigation and the command palette lead to. */
export function pagesOf(mayChange: boolean): { readonly text: string; readonly href: string }[] {
  return [
    { text: 'Dashboard', href: '/' },
    { text: 'Tenants', href: '/tenants' },
    { text: 'Stacks', href: '/stacks' },
    { text: 'Rollouts', href: '/rollouts' },
    ...(mayChange ? [{ text: 'Operators', href: '/operators' }] : []),
    { text: 'Audit log', href: '/audit' },
    { text: 'GraphQL console', href: '/console' },
    { text: 'Isolation', href: '/isolation' },
  ];
}
