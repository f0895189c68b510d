import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

export interface ShowMoreProps {
  /** As usePages answers it. */
  readonly list: { readonly fetching: boolean; more(): void };
}

/** The foot of a list that there is more of. */
export function ShowMore({ list: { fetching, more } }: ShowMoreProps) {
  return (
    <Box textAlign="center">
      <Button loading={fetching} onClick={more}>
        Show more
      </Button>
    </Box>
  );
}
