import { randomUUID } from 'node:crypto';
import type { Clock, State } from '../service.ts';

export interface StoredMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

export interface Inbox {
  add(message: {
    readonly from?: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }): Promise<void>;
  /** Newest first; of one address, whatever its case, or of all. */
  list(to?: string): StoredMail[];
}

/** Mails are found again after a restart; the newest 10,000 are kept. */
const kept = 10_000;

export function createInbox(state: State, clock: Clock): Inbox {
  const mails = state.collection<StoredMail>('mail/mails');
  /** Oldest first. */
  const ids = [...mails.ids()].sort();
  return {
    async add({ from = 'no-reply@verificationemail.com', to, subject, text }) {
      const sentAt = clock.now();
      const id = `${String(sentAt).padStart(15, '0')}-${randomUUID()}`;
      ids.push(id);
      await mails.put(id, { from, to, subject, text, sentAt });
      if (ids.length <= kept) return;
      const oldest = ids.shift();
      if (oldest !== undefined) await mails.delete(oldest);
    },
    list: (to) => {
      const wanted = to?.toLowerCase();
      return [...mails.entries()]
        .filter(([, mail]) => wanted === undefined || mail.to.toLowerCase() === wanted)
        .sort(([left], [right]) => (left < right ? 1 : -1))
        .map(([, mail]) => mail);
    },
  };
}
