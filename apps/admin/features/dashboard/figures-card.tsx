import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';
import { Waiting } from '../../../ui/components/waiting.tsx';

interface Query {
  readonly data: unknown;
  readonly isPending: boolean;
}

export interface FiguresCardProps {
  readonly title: string;
  /** What the figures are of; where they are of a part, of how many. */
  readonly description?: string | undefined;
  /** What they are from: till it has answered there are none, which is not the same as nought. */
  readonly from: Query;
  readonly children: ReactNode;
}

export function FiguresCard({ title, description, from, children }: FiguresCardProps) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={description}>
          {title}
        </Header>
      }
    >
      {from.data !== undefined ? children : from.isPending ? <Waiting>Reading the figures</Waiting> : <Unread />}
    </Container>
  );
}

/** The page says above why. */
function Unread() {
  return <Box color="text-body-secondary">Could not be read.</Box>;
}
