import Button from '@cloudscape-design/components/button';
import { useRouter } from '@tanstack/react-router';
import { useNotices } from '../../../ui/react/notices.tsx';
import type { EditedOperation } from './saved.ts';

export interface CopyLinkProps {
  readonly tenant: string | undefined;
  edited(): EditedOperation;
}

/** Copies an address that opens the console with what is in the editor; whoever follows it signs in themselves. */
export function CopyLink({ tenant, edited }: CopyLinkProps) {
  const router = useRouter();
  const { show } = useNotices();
  const copy = async (): Promise<void> => {
    const { query, variables } = edited();
    const search = { query, ...(variables && { variables }), ...(tenant !== undefined && { tenant }) };
    const { href } = router.buildLocation({ to: '/console', search });
    try {
      await navigator.clipboard.writeText(new URL(href, location.origin).href);
      show({ type: 'success', content: 'The link is copied.' });
    } catch {
      show({ type: 'error', content: 'The browser did not let it be copied.' });
    }
  };
  return (
    <Button iconName="share" onClick={() => void copy()}>
      Copy link
    </Button>
  );
}
