import { Link } from '@tanstack/react-router';
import { EmptyState } from './empty-state.tsx';

export function NotFound() {
  return (
    <EmptyState title="There is nothing here" action={<Link to="/">To the dashboard</Link>}>
      The address may be mistyped, or what was here is gone.
    </EmptyState>
  );
}
